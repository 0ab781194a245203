package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** 7692-7.2.2: what a receiver makes of streams that are written by hand. */
class MessageInflaterTest {
    private final MessageInflater inflater = new MessageInflater();

    @AfterEach
    void close() {
        inflater.close();
    }

    /** A whole message, of pieces. */
    static String inflate(MessageInflater inflater, @Nullable SlidingWindow window, int room, byte[]... pieces)
            throws ProtocolException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        inflater.begin(window);
        for (byte[] piece : pieces) {
            inflater.input(ByteBuffer.wrap(piece));
            drain(inflater, room, message);
        }
        inflater.end();
        drain(inflater, room, message);
        return message.toString(StandardCharsets.UTF_8);
    }

    private static void drain(MessageInflater inflater, int room, ByteArrayOutputStream to) throws ProtocolException {
        byte[] out = new byte[room];
        for (int n = inflater.inflate(out, 0, room); n > 0; n = inflater.inflate(out, 0, room)) {
            to.write(out, 0, n);
        }
    }

    private String inflate(@Nullable SlidingWindow window, byte[]... pieces) throws ProtocolException {
        return inflate(inflater, window, 1024, pieces);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "one block, f2 48 cd c9 c9 07 00",
        "no compression, 00 05 00 fa ff 48 65 6c 6c 6f 00",
        "BFINAL set, f3 48 cd c9 c9 07 00 00",
        "two blocks, f2 48 05 00 00 00 ff ff ca c9 c9 07 00"
    })
    @DisplayName("7692-7.2.3: the examples of the RFC are Hello, in one piece, byte by byte, and into one byte of room")
    void examples(String name, String payload) throws Exception {
        byte[] bytes = hex(payload);
        byte[][] single = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            single[i] = new byte[] {bytes[i]};
        }
        for (int round = 0; round < 3; round++) {
            assertEquals("Hello", inflate(null, bytes), name);
            assertEquals("Hello", inflate(inflater, null, 1, single), name);
        }
    }

    @Test
    @DisplayName("7692-7.2.3.2: with context takeover the second Hello refers to the first")
    void takeover() throws Exception {
        SlidingWindow window = new SlidingWindow(1 << 15);
        assertEquals("Hello", inflate(window, hex("f2 48 cd c9 c9 07 00")));
        assertEquals("Hello", inflate(window, hex("f2 00 11 00 00")));
        assertEquals("Hello", inflate(window, hex("f2 48 cd c9 c9 07 00")));
        assertThrows(ProtocolException.class, () -> inflate(null, hex("f2 00 11 00 00")));
        assertEquals("Hello", inflate(window, hex("f2 00 11 00 00")));
    }

    @Test
    @DisplayName("7692-7.2.3.6: an empty message is an empty block")
    void empty() throws Exception {
        assertEquals("", inflate(null, hex("00")));
        assertEquals("", inflate(null, hex("02 00")));
        assertEquals("", inflate(null, hex("03 00 00")));
        assertEquals("", inflate(null, new byte[0], hex("00"), new byte[0]));
    }

    static Stream<Arguments> blocks() {
        Bits dynamic = new Bits()
                // 257 literals and lengths, 1 distance, 18 code lengths: only a, b and the end have codes.
                .number(0b100, 3)
                .number(0, 5)
                .number(0, 5)
                .number(14, 4);
        // The order of section 3.2.7: 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1.
        for (int length : new int[] {0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 3}) {
            dynamic.number(length, 3);
        }
        // Codes: 18 is 0, 0 is 10, 1 is 110, 2 is 111. 97 zeros, a and b of two bits, 157 zeros, the end of one bit.
        dynamic.code(0, 1).number(97 - 11, 7).code(7, 3).code(7, 3);
        dynamic.code(0, 1)
                .number(138 - 11, 7)
                .code(0, 1)
                .number(19 - 11, 7)
                .code(6, 3)
                .code(2, 2);
        // The end is 0, a is 10, b is 11.
        dynamic.code(2, 2).code(3, 2).code(3, 2).code(2, 2).code(0, 1);
        return Stream.of(
                Arguments.of(
                        "stored blocks",
                        "onetwo",
                        new Bits().stored(false, "one").stored(false, "two")),
                Arguments.of(
                        "each type, the border inside of a byte",
                        "abbaxyzxyz1",
                        dynamic.fixed(false)
                                .literals("xyz")
                                .threeFrom(3)
                                .endOfBlock()
                                .stored(false, "1")),
                Arguments.of(
                        "empty blocks of two types",
                        "abc",
                        new Bits()
                                .stored(false, "")
                                .fixed(false)
                                .endOfBlock()
                                .fixed(false)
                                .literals("a")
                                .endOfBlock()
                                .stored(false, "")
                                .fixed(false)
                                .literals("bc")
                                .endOfBlock()),
                Arguments.of(
                        "final blocks at the beginning and in the middle",
                        "abcabcd",
                        new Bits()
                                .stored(true, "abc")
                                .fixed(true)
                                .threeFrom(3)
                                .endOfBlock()
                                .align()
                                .fixed(true)
                                .endOfBlock()
                                .align()
                                .stored(false, "d")),
                Arguments.of("a final block that is stored", "abc", new Bits().stored(true, "abc")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    @DisplayName("7692-7.2.2-1: blocks of all types, any of them final, cut in two anywhere, and messages behind them")
    void blocks(String name, String message, Bits bits) throws Exception {
        byte[] bytes = bits.message();
        SlidingWindow window = new SlidingWindow(1 << 15);
        for (int cut = 0; cut <= bytes.length; cut++) {
            byte[] first = Arrays.copyOf(bytes, cut);
            byte[] second = Arrays.copyOfRange(bytes, cut, bytes.length);
            assertEquals(message, inflate(null, first, second));
            assertEquals(message, inflate(window, first, second));
            assertEquals(
                    message.substring(message.length() - 3),
                    inflate(
                            window,
                            new Bits()
                                    .fixed(cut % 2 == 0)
                                    .threeFrom(3)
                                    .endOfBlock()
                                    .align()
                                    .message()),
                    "a message behind it that refers to it");
        }
    }

    @Test
    @DisplayName("7692-7.2.2: a message may end with a final block, whose own tail is left out, or without one")
    void endsWithFinalBlock() throws Exception {
        byte[] own =
                new Bits().fixed(false).literals("a").endOfBlock().number(1, 3).toBytes();
        assertEquals("a", inflate(null, own));
        byte[] none = new Bits().fixed(true).literals("a").endOfBlock().toBytes();
        assertEquals("a", inflate(null, none));
        assertEquals("a", inflate(null, own));
    }

    static Stream<Arguments> corrupt() {
        byte[] good = new Bits().fixed(false).literals("abcdefgh").endOfBlock().message();
        Stream<Arguments> cut = Stream.iterate(0, n -> n < good.length, n -> n + 1)
                .map(n -> Arguments.of("cut behind " + n + " of " + good.length + " bytes", Arrays.copyOf(good, n)));
        byte[] stored = new Bits().stored(false, "abcdefgh").message();
        Stream<Arguments> cutStored = Stream.iterate(2, n -> n < stored.length - 1, n -> n + 1)
                .map(n -> Arguments.of("stored, cut behind " + n + " bytes", Arrays.copyOf(stored, n)));
        return Stream.of(
                        cut,
                        cutStored,
                        Stream.of(
                                Arguments.of("block type 3", hex("06 00")),
                                Arguments.of("wrong length of a stored block", hex("00 05 00 fa fe 48 65 6c 6c 6f 00")),
                                Arguments.of("over-subscribed codes", hex("04 c0 ff ff ff ff ff ff ff ff 00")),
                                Arguments.of(
                                        "a distance before the beginning",
                                        new Bits()
                                                .fixed(false)
                                                .literals("ab")
                                                .threeFrom(3)
                                                .endOfBlock()
                                                .message()),
                                Arguments.of("something behind the end", hex("f2 48 cd c9 c9 07 00 01")),
                                Arguments.of("a whole tail", hex("f2 48 cd c9 c9 07 00 00 00 ff ff")),
                                Arguments.of("something behind a final block", hex("f3 48 cd c9 c9 07 00 41 42"))))
                .flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corrupt")
    @DisplayName("7692-inv-1: corrupt payload is 1007, and does no harm to the next message")
    void corrupt(String name, byte[] payload) throws Exception {
        for (List<byte[]> pieces : List.of(List.of(payload), List.of(new byte[0], payload))) {
            ProtocolException e =
                    assertThrows(ProtocolException.class, () -> inflate(null, pieces.toArray(byte[][]::new)));
            assertEquals(CloseCode.INVALID_FRAME_PAYLOAD_DATA, e.code());
            assertTrue(e.getMessage().startsWith("compressed message can't be decompressed: "), e.getMessage());
            assertEquals("Hello", inflate(null, hex("f2 48 cd c9 c9 07 00")));
        }
    }

    @Test
    @DisplayName("7692-7.2.3.2: the window is the last 32,768 bytes of all messages")
    void window() throws Exception {
        SlidingWindow window = new SlidingWindow(1 << 15);
        inflate(window, new Bits().stored(false, "abc").message());
        String filling = "x".repeat(10_000);
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    filling, inflate(window, new Bits().stored(false, filling).message()));
        }
        // Distance code 29 with 13 extra bits is 24,577 to 32,768.
        byte[] far = new Bits()
                .fixed(false)
                .code(1, 7)
                .code(29, 5)
                .number(30_003 - 24_577, 13)
                .endOfBlock()
                .message();
        assertEquals("abc", inflate(window, far));
    }

    @Test
    @DisplayName("what is given out is what fits, however large the message")
    void bounded() throws Exception {
        byte[] zeros = new byte[1 << 20];
        try (MessageDeflater deflater = new MessageDeflater(9)) {
            ByteBuffer compressed = deflater.deflate(ByteBuffer.wrap(zeros), 15, null);
            inflater.begin(null);
            inflater.input(compressed);
            byte[] out = new byte[100];
            for (int i = 0; i < 1000; i++) {
                assertEquals(100, inflater.inflate(out, 0, 100));
            }
        }
    }
}
