package dev.ferrule.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoReaderTest {
    private final EchoReader reader =
            new EchoReader(ByteBuffer.wrap("Hello".getBytes(StandardCharsets.US_ASCII)), true);

    private int read(String hex) throws LoadException {
        return reader.read(ByteBuffer.wrap(Bytes.hex(hex)));
    }

    @Test
    @DisplayName("Messages that are what was sent are counted, however they are cut")
    void counts() throws LoadException {
        byte[] three = Bytes.hex("810548656c6c6f 010348656c 80026c6f 810548656c6c6f");
        for (int cut = 0; cut <= three.length; cut++) {
            int messages = reader.read(ByteBuffer.wrap(three, 0, cut));
            messages += reader.read(ByteBuffer.wrap(three, cut, three.length - cut));
            assertEquals(3, messages, "cut at " + cut);
        }
    }

    @Test
    @DisplayName("The longer forms of the length are read, cut anywhere")
    void lengths() throws LoadException {
        for (int size : new int[] {125, 126, 65_535, 65_536}) {
            byte[] payload = Payload.BINARY.bytes(size);
            EchoReader binary = new EchoReader(ByteBuffer.wrap(payload), false);
            ByteBuffer frame = ByteBuffer.allocate(size + 10).put((byte) 0x82);
            if (size < 126) {
                frame.put((byte) size);
            } else if (size < 65_536) {
                frame.put((byte) 126).putShort((short) size);
            } else {
                frame.put((byte) 127).putLong(size);
            }
            byte[] bytes = new byte[frame.put(payload).flip().remaining()];
            frame.get(bytes);
            for (int cut = 0; cut < 12; cut++) {
                assertEquals(0, binary.read(ByteBuffer.wrap(bytes, 0, cut)));
                assertEquals(1, binary.read(ByteBuffer.wrap(bytes, cut, bytes.length - cut)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "810548656c6c70, an echo differs from what was sent at byte 4",
        "010348656c 80026c70, an echo differs from what was sent at byte 4",
        "810448656c6c, 'an echo has 4 bytes, 5 were sent'",
        "8100, 'an echo has 0 bytes, 5 were sent'",
        "810648656c6c6f21, an echo is longer than the 5 bytes that were sent",
        "820548656c6c6f, 'a frame has opcode 2, expected 1'",
        "80026c6f, 'a frame has opcode 0, expected 1'",
        "010348656c 810548, 'a frame has opcode 1, expected 0'",
        "c10548, a frame has reserved bits set: 0xc1",
        "8185, the server masks its frames",
        "0900, 'a control frame has 0 bytes, fin false'",
        "897e0080, 'a control frame has 128 bytes, fin true'",
    })
    @DisplayName("Whatever is not what was sent is an error")
    void wrong(String hex, String message) {
        assertEquals(message, assertThrows(LoadException.class, () -> read(hex)).getMessage());
    }

    @Test
    @DisplayName("Control frames come between the fragments of a message")
    void controls() throws LoadException {
        assertEquals(0, read("010348656c 890161"));
        assertTrue(reader.takePinged());
        assertFalse(reader.takePinged());
        assertEquals(1, read("8a00 80026c6f"));
        assertEquals(-1, reader.closeCode());
        assertEquals(0, read("880203e8"));
        assertEquals(1000, reader.closeCode());
    }

    @Test
    @DisplayName("A Close without a code is 1005")
    void emptyClose() throws LoadException {
        assertEquals(0, read("8800"));
        assertEquals(1005, reader.closeCode());
    }
}
