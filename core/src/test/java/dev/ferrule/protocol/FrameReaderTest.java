package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final long LIMIT = 1 << 20;
    private static final byte[] NOTHING = {};

    private static List<String> server(byte[]... segments) {
        return Reading.of(Role.SERVER, LIMIT, segments);
    }

    private static List<String> client(byte[]... segments) {
        return Reading.of(Role.CLIENT, LIMIT, segments);
    }

    private static byte[] masked(int first, String payload) {
        return Reading.frame(first, true, payload.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("5.7: the examples of the RFC")
    void examples() {
        byte[] unmasked = {(byte) 0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f};
        byte[] masked = {(byte) 0x81, (byte) 0x85, 0x37, (byte) 0xfa, 0x21, 0x3d, 0x7f, (byte) 0x9f, 0x4d, 0x51, 0x58};
        byte[] fragments = {0x01, 0x03, 0x48, 0x65, 0x6c, (byte) 0x80, 0x02, 0x6c, 0x6f};
        byte[] ping = {(byte) 0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f};
        assertEquals(List.of("TEXT first fin 5 Hello"), client(unmasked));
        assertEquals(List.of("TEXT first fin 5 Hello"), server(masked));
        assertEquals(List.of("TEXT first 3 Hel", "CONTINUATION next fin 2 lo"), client(fragments));
        assertEquals(List.of("PING fin 5 Hello"), client(ping));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65535, 65536, 65537})
    @DisplayName("6455-5.2-5: every form of the length, at its edges")
    void lengths(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i * 31 + 7);
        }
        List<String> expected = List.of("BINARY first fin " + length + " " + Reading.show(payload));
        assertEquals(expected, server(Reading.frame(0x82, true, payload)));
        assertEquals(expected, client(Reading.frame(0x82, false, payload)));
    }

    @ParameterizedTest
    @CsvSource({"126,0", "126,1", "126,125", "127,0", "127,125", "127,126", "127,65535"})
    @DisplayName("6455-5.2-4b: a length that is not in the shortest form fails with 1002, before the masking key")
    void notMinimal(int form, long length) {
        int at = form == 126 ? 4 : 10;
        assertEquals(List.of("error 1002 at byte " + at), server(Reading.header(0x82, true, form, length)));
        assertEquals(List.of("error 1002 at byte " + at), client(Reading.header(0x82, false, form, length)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 5, -1})
    @DisplayName("6455-5.2-3: a 64-bit length with its highest bit set fails with 1002 at that bit")
    void highestBit(long length) throws Exception {
        byte[] header = Reading.header(0x82, true, 127, length);
        FrameReader reader = new FrameReader(Role.SERVER, LIMIT);
        assertFalse(reader.readHeader(ByteBuffer.wrap(header, 0, 2)));
        ProtocolException e =
                assertThrows(ProtocolException.class, () -> reader.readHeader(ByteBuffer.wrap(header, 2, 1)));
        assertEquals(CloseCode.PROTOCOL_ERROR, e.code());
        assertEquals(
                CloseCode.PROTOCOL_ERROR,
                assertThrows(ProtocolException.class, () -> whole(header)).code());
    }

    private static void whole(byte[] header) throws ProtocolException {
        new FrameReader(Role.SERVER, LIMIT).readHeader(ByteBuffer.wrap(header));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    @DisplayName("6455-5.2-1: RSV bits fail with 1002 at the first byte")
    void rsv(int rsv) {
        assertEquals(List.of("error 1002 at byte 1"), server(masked(0x81 | rsv << 4, "x")));
        assertEquals(List.of("error 1002 at byte 1"), client(new byte[] {(byte) (0x88 | rsv << 4)}));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF})
    @DisplayName("6455-5.2-2: reserved opcodes fail with 1002 at the first byte")
    void reserved(int opcode) {
        assertEquals(List.of("error 1002 at byte 1"), server(new byte[] {(byte) (0x80 | opcode)}));
        assertEquals(List.of("error 1002 at byte 1"), client(new byte[] {(byte) opcode}));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x81, 0x82, 0x01, 0x88, 0x89, 0x8A})
    @DisplayName("6455-5.1-2, 6455-5.1-4: a server takes masked frames only, a client none")
    void masking(int first) {
        assertEquals(List.of("error 1002 at byte 2"), server(Reading.frame(first, false)));
        assertEquals(List.of("error 1002 at byte 2"), client(Reading.frame(first, true)));
        assertEquals(1, server(Reading.frame(first, true)).size());
        assertTrue(server(Reading.frame(first, true)).get(0).endsWith(" 0 "), "a frame without payload");
    }

    @Test
    @DisplayName("6455-5.4-1: a continuation needs a message that has begun and not ended")
    void continuationOfNothing() {
        assertEquals(List.of("error 1002 at byte 1"), server(masked(0x80, "x")));
        assertEquals(List.of("error 1002 at byte 1"), server(masked(0x00, "x")));
        assertEquals(
                List.of("TEXT first fin 1 a", "error 1002 at byte 8"), server(masked(0x81, "a"), masked(0x80, "b")));
        assertEquals(List.of("PING fin 1 a", "error 1002 at byte 8"), server(masked(0x89, "a"), masked(0x80, "b")));
    }

    @Test
    @DisplayName("6455-5.4-2: a new message inside of a fragmented one fails with 1002")
    void messageInMessage() {
        for (int first : new int[] {0x81, 0x82, 0x01, 0x02}) {
            assertEquals(
                    List.of("BINARY first 1 a", "error 1002 at byte 8"), server(masked(0x02, "a"), masked(first, "b")));
        }
    }

    @Test
    @DisplayName("6455-5.4-3: control frames may stand between fragments, and change nothing")
    void controlBetweenFragments() {
        assertEquals(
                List.of(
                        "TEXT first 1 a",
                        "PING fin 1 p",
                        "CONTINUATION next 0 ",
                        "PONG fin 0 ",
                        "CONTINUATION next fin 1 b"),
                server(masked(0x01, "a"), masked(0x89, "p"), masked(0x00, ""), masked(0x8A, ""), masked(0x80, "b")));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 0xA})
    @DisplayName("6455-5.5-1, 6455-5.5-2: a control frame has FIN and at most 125 bytes, whatever form the length has")
    void control(int opcode) {
        int fin = 0x80 | opcode;
        assertEquals(List.of("error 1002 at byte 1"), server(masked(opcode, "")));
        assertEquals(List.of("error 1002 at byte 2"), server(Reading.header(fin, true, 126, 126)));
        assertEquals(List.of("error 1002 at byte 2"), server(Reading.header(fin, true, 126, 5)));
        assertEquals(List.of("error 1002 at byte 2"), server(Reading.header(fin, true, 127, 5)));
        assertEquals(1, server(Reading.frame(fin, true, new byte[125])).size());
        assertFalse(server(Reading.frame(fin, true, new byte[125])).get(0).startsWith("error"));
    }

    @Test
    @DisplayName("6455-10.4-1: a frame of the limit passes, one byte more fails with 1009 at the header")
    void limit() {
        assertEquals(
                "BINARY first fin 1000 " + Reading.show(new byte[1000]),
                Reading.of(Role.SERVER, 1000, Reading.frame(0x82, true, new byte[1000]))
                        .get(0));
        assertEquals(
                List.of("error 1009 at byte 4"), Reading.of(Role.SERVER, 1000, Reading.header(0x82, true, 126, 1001)));
        assertEquals(
                List.of("error 1009 at byte 10"),
                Reading.of(Role.SERVER, 1000, Reading.header(0x82, true, 127, Long.MAX_VALUE)));
        assertEquals(List.of("error 1009 at byte 2"), Reading.of(Role.SERVER, 10, Reading.header(0x82, true, 0, 11)));
    }

    @Test
    @DisplayName("5.5: the limit is for data frames, control frames have one of their own")
    void limitIsForData() {
        assertEquals(
                1,
                Reading.of(Role.CLIENT, 10, Reading.frame(0x89, false, new byte[125]))
                        .size());
    }

    @Test
    @DisplayName("a header may not be read while payload is left")
    void order() throws Exception {
        FrameReader reader = new FrameReader(Role.CLIENT, LIMIT);
        assertTrue(reader.readHeader(ByteBuffer.wrap(Reading.header(0x81, false, 0, 3))));
        assertThrows(IllegalStateException.class, () -> reader.readHeader(ByteBuffer.wrap(NOTHING)));
    }
}
