package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.CloseEvent.Initiator;
import dev.ferrule.Deflate;
import dev.ferrule.Limits;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RX-1 to RX-3, RX-6 of messages that come compressed (RFC 7692). */
class CompressedReceivingTest {
    private static final byte[] HELLO = HexFormat.of().parseHex("f248cdc9c90700");

    private static Rig rig(Role role, Limits.Builder limits, Deflate deflate) {
        return Rig.compressing(role, limits.build(), deflate, SendPolicy.fail()).open();
    }

    private static Rig server(Limits.Builder limits) {
        return rig(Role.SERVER, limits, Deflate.DEFAULTS);
    }

    private static Rig server() {
        return server(Limits.builder());
    }

    private static void failed(Rig rig, int code, int messages) {
        assertEquals(code, rig.closed().code().value());
        assertEquals(Initiator.LOCAL, rig.closed().initiator());
        assertEquals(messages, rig.events().size() - 2, rig.events().toString());
        assertEquals(List.of("close " + code), rig.sent());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("7692-6-2: compressed messages, others between them, and control frames between the fragments of both")
    void mixed(Role role) {
        Rig rig = rig(role, Limits.builder(), Deflate.DEFAULTS.withContextTakeover());
        byte[] again = HexFormat.of().parseHex("f200110000");
        rig.receive(rig.peer.frame(0xC1, HELLO), rig.peer.text("plain"), rig.peer.frame(0xC1, again));
        rig.receive(
                rig.peer.frame(0x42, Arrays.copyOf(again, 2)),
                rig.peer.ping("between"),
                rig.peer.frame(0x00, new byte[0]),
                rig.peer.frame(0x00, Arrays.copyOfRange(again, 2, 4)),
                rig.peer.frame(0x80, Arrays.copyOfRange(again, 4, 5)));
        assertEquals(List.of("open", "text Hello", "text plain", "text Hello", "binary 48656c6c6f"), rig.events());
        assertEquals(List.of("pong between"), rig.sent());
        rig.receive(rig.peer.frame(0xC1, new byte[] {0}), rig.peer.frame(0xC2, new byte[] {0}));
        assertEquals(List.of("text ", "binary "), rig.events().subList(5, 7));
    }

    @Property(tries = 150)
    @Label("7692-7.2.2-1, 7692-7.2.3.2: any messages in any fragments and segments, whether or not the context is kept")
    void anyCuts(
            @ForAll @Size(max = 5) List<@From("messages") String> messages,
            @ForAll @Size(min = 5, max = 5) List<@IntRange(min = 0, max = 2) Integer> kinds,
            @ForAll @Size(max = 6) List<@IntRange(max = 3000) Integer> fragments,
            @ForAll @Size(max = 10) List<@IntRange(max = 5000) Integer> cuts,
            @ForAll boolean takeover) {
        Deflate deflate = takeover ? Deflate.DEFAULTS.withContextTakeover() : Deflate.DEFAULTS;
        Rig rig = rig(Role.SERVER, Limits.builder().messageBytes(1 << 20).frameBytes(1 << 20), deflate);
        List<byte[]> frames = new ArrayList<>();
        List<String> expected = new ArrayList<>(List.of("open"));
        for (int i = 0; i < messages.size(); i++) {
            byte[] message = Wire.utf8(messages.get(i));
            boolean compressed = kinds.get(i) > 0;
            int opcode = kinds.get(i) == 1 ? 2 : 1;
            frames.addAll(fragments(
                    rig,
                    opcode | (compressed ? 0x40 : 0),
                    compressed ? rig.peer.deflated(message) : message,
                    fragments));
            expected.add(
                    opcode == 2
                            ? "binary "
                                    + (message.length > 64
                                            ? message.length + " bytes"
                                            : HexFormat.of().formatHex(message))
                            : "text "
                                    + (messages.get(i).length() > 64
                                            ? messages.get(i).length() + " chars"
                                            : messages.get(i)));
        }
        byte[] all = Wire.join(frames.toArray(byte[][]::new));
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(all.length, from + cut);
            rig.receive(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        rig.receive(Arrays.copyOfRange(all, from, all.length));
        assertEquals(expected, rig.events());
    }

    private static List<byte[]> fragments(Rig rig, int first, byte[] payload, List<Integer> lengths) {
        List<byte[]> frames = new ArrayList<>();
        int at = 0;
        for (int length : lengths) {
            int to = Math.min(payload.length, at + length);
            frames.add(rig.peer.frame(frames.isEmpty() ? first : 0, Arrays.copyOfRange(payload, at, to)));
            frames.add(rig.peer.ping(""));
            at = to;
        }
        frames.add(
                rig.peer.frame(0x80 | (frames.isEmpty() ? first : 0), Arrays.copyOfRange(payload, at, payload.length)));
        return frames;
    }

    @Provide
    Arbitrary<String> messages() {
        return Arbitraries.of("", "a", "\u20AC", "some text that repeats itself, ", "0123456789abcdef")
                .flatMap(unit -> Arbitraries.of(0, 1, 2, 100, 1500).map(unit::repeat));
    }

    @Test
    @DisplayName("RX-2: a message of the limit after decompression passes, one byte more fails with 1009")
    void limit() {
        for (int fragment : new int[] {Integer.MAX_VALUE, 10}) {
            Rig rig = server(Limits.builder().messageBytes(100_000));
            for (int length : new int[] {100_000, 100_001}) {
                byte[] payload = rig.peer.deflated(new byte[length]);
                int first = Math.min(fragment, payload.length);
                rig.receive(
                        rig.peer.frame(first == payload.length ? 0xC2 : 0x42, Arrays.copyOf(payload, first)),
                        first == payload.length
                                ? new byte[0]
                                : rig.peer.frame(0x80, Arrays.copyOfRange(payload, first, payload.length)));
            }
            failed(rig, 1009, 1);
        }
    }

    @Test
    @DisplayName("7692-inv-2: a bomb that would fill any heap fails with 1009 at the limit")
    void bomb() {
        Rig rig = server(Limits.builder().frameBytes(64 << 20));
        byte[] part =
                Wire.join(rig.peer.deflated(new byte[1 << 20]), HexFormat.of().parseHex("0000ffff"));
        byte[][] parts = new byte[32_768][];
        Arrays.fill(parts, part);
        byte[] payload = Wire.join(parts);
        rig.receive(rig.peer.compressed(false, new byte[100]));
        rig.receive(rig.peer.frame(0xC2, Arrays.copyOf(payload, payload.length - 4)));
        failed(rig, 1009, 1);
    }

    @Test
    @DisplayName("a message of more than the ratio fails with 1009, once it is long")
    void ratio() {
        Limits.Builder limits = Limits.builder().messageBytes(8 << 20);
        Rig rig = server(limits);
        rig.receive(rig.peer.compressed(false, new byte[Deflate.UNJUDGED_BYTES]));
        assertEquals(2, rig.events().size());
        rig.receive(rig.peer.compressed(false, new byte[4 << 20]));
        failed(rig, 1009, 1);
        Rig generous = rig(Role.SERVER, limits, Deflate.DEFAULTS.maxRatio(1100));
        generous.receive(generous.peer.compressed(false, new byte[8 << 20]));
        assertEquals(List.of("open", "binary " + (8 << 20) + " bytes"), generous.events());
    }

    @Test
    @DisplayName(
            "RX-2: a frame is bounded by its length on the wire, at its header, and by a bit more if it is compressed")
    void frameLimit() {
        Rig rig = server(Limits.builder().frameBytes(640));
        rig.receive(rig.peer.compressed(false, new byte[10_000]));
        assertEquals(2, rig.events().size());
        int most = 640 + 80 + 10 + 16;
        rig.receive(rig.peer.header(0x42, most), new byte[1]);
        assertEquals(2, rig.events().size());
        Rig over = server(Limits.builder().frameBytes(640));
        over.receive(over.peer.header(0xC2, most + 1));
        failed(over, 1009, 0);
        Rig plain = server(Limits.builder().frameBytes(640));
        plain.receive(plain.peer.header(0x82, 641));
        failed(plain, 1009, 0);
    }

    @Test
    @DisplayName("RX-2: a message of the limit passes even if compression made it longer, whatever its blocks are")
    void incompressible() {
        byte[] message = new byte[65_536];
        new Random(3).nextBytes(message);
        // The longest codes that there are for a literal: nine bits.
        for (int i = 0; i < message.length; i++) {
            message[i] |= (byte) 0x90;
        }
        byte[] fixed = nineBitsEach(message);
        byte[] random = new byte[65_536];
        new Random(4).nextBytes(random);
        Rig rig = server();
        byte[] stored = rig.peer.deflated(random);
        assertTrue(fixed.length > 72_000 && stored.length > 65_536);
        rig.receive(rig.peer.frame(0xC2, fixed), rig.peer.frame(0xC2, stored));
        assertEquals(List.of("open", "binary 65536 bytes", "binary 65536 bytes"), rig.events());
    }

    /** A block with the fixed codes (RFC 1951 section 3.2.6) of bytes from 144 on, and the beginning of an empty one. */
    private static byte[] nineBitsEach(byte[] message) {
        BitSet bits = new BitSet();
        bits.set(1);
        int at = 3;
        for (byte literal : message) {
            int code = 0x190 + (literal & 0xFF) - 144;
            for (int bit = 8; bit >= 0; bit--) {
                bits.set(at++, (code >> bit & 1) == 1);
            }
        }
        return Arrays.copyOf(bits.toByteArray(), (at + 7 + 3 + 7) / 8);
    }

    @Test
    @DisplayName("RX-6: fragments of a compressed message are counted, those from which nothing comes, too")
    void fragmentLimit() {
        Rig rig = server(Limits.builder().fragments(3));
        rig.receive(rig.peer.frame(0x41, HELLO), rig.peer.frame(0, new byte[0]), rig.peer.frame(0x80, new byte[0]));
        assertEquals(List.of("open", "text Hello"), rig.events());
        rig.receive(rig.peer.frame(0x41, HELLO), rig.peer.frame(0, new byte[0]), rig.peer.frame(0, new byte[0]));
        rig.receive(rig.peer.frame(0, new byte[0]));
        failed(rig, 1008, 1);
    }

    @Test
    @DisplayName("RX-3: text that is not UTF-8 after decompression fails with 1007, before its frame has arrived")
    void invalidText() {
        byte[] invalid = new byte[1000];
        invalid[5] = (byte) 0xFF;
        Rig rig = server();
        byte[] frame = rig.peer.compressed(true, invalid);
        rig.receive(Arrays.copyOf(frame, frame.length - 1));
        failed(rig, 1007, 0);
        Rig truncated = server();
        truncated.receive(truncated.peer.compressed(true, new byte[] {'a', (byte) 0xE2, (byte) 0x82}));
        failed(truncated, 1007, 0);
        Rig whole = server();
        whole.receive(whole.peer.compressed(true, invalid));
        failed(whole, 1007, 0);
    }

    static Stream<byte[]> corrupt() {
        return Stream.of("06", "", "f248cdc9c907", "f248cdc9c9070000", "f200110000")
                .map(HexFormat.of()::parseHex);
    }

    @ParameterizedTest
    @MethodSource("corrupt")
    @DisplayName("7692-inv-1: corrupt, cut and trailing payload fails with 1007")
    void corrupt(byte[] payload) {
        Rig rig = server();
        rig.receive(rig.peer.frame(0xC1, HELLO), rig.peer.frame(0xC2, payload), rig.peer.text("never"));
        failed(rig, 1007, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC0, 0xC8, 0xC9, 0xCA, 0xA1, 0x91, 0xE1})
    @DisplayName("7692-6-1: RSV1 but on the first frame of a message, and any other reserved bit, fail with 1002")
    void reservedBits(int first) {
        Rig rig = server();
        rig.receive(rig.peer.frame(0x41, HELLO), rig.peer.frame(first, new byte[0]));
        failed(rig, 1002, 0);
    }

    @Test
    @DisplayName("7692-7.2.3.2: later messages may refer to one that nobody wanted behind our Close")
    void discarded() {
        Rig rig = rig(Role.SERVER, Limits.builder(), Deflate.DEFAULTS.withContextTakeover());
        rig.connection.demand(0);
        rig.connection.close();
        rig.receive(rig.peer.frame(0xC1, HELLO));
        rig.connection.demand(1);
        rig.executor.runAll();
        rig.receive(rig.peer.frame(0xC1, HexFormat.of().parseHex("f200110000")));
        assertEquals(List.of("open", "text Hello"), rig.events());
    }

    @Test
    @DisplayName("6455-9-1: without agreement RSV1 fails with 1002")
    void notAgreed() {
        Rig rig = Rig.server().open();
        rig.receive(rig.peer.frame(0xC1, HELLO));
        failed(rig, 1002, 0);
    }

    static Stream<Consumer<Rig>> ends() {
        return Stream.of(
                rig -> rig.connection.abort(),
                rig -> rig.transport.feedEnd(),
                rig -> rig.transport.breakDown(new IOException("reset")),
                rig -> rig.receive(rig.peer.close(1000, "")),
                rig -> rig.receive(rig.peer.text("not a continuation")),
                rig -> rig.receive(rig.peer.frame(0x80, new byte[] {0x77})));
    }

    @ParameterizedTest
    @MethodSource("ends")
    @DisplayName("an inflater is given back when the message ends, and however the connection ends inside of one")
    void givenBack(Consumer<Rig> end) {
        Rig rig = server();
        rig.receive(rig.peer.frame(0xC1, HELLO));
        int spare = Inflating.SPARES.count();
        assertTrue(spare > 0);
        rig.receive(rig.peer.frame(0x41, HELLO));
        assertEquals(spare - 1, Inflating.SPARES.count());
        end.accept(rig);
        rig.executor.runAll();
        rig.closed();
        assertEquals(spare, Inflating.SPARES.count());
    }
}
