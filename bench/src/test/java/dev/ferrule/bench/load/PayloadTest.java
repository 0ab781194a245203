package dev.ferrule.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PayloadTest {
    @Test
    @DisplayName("Every payload has the size that was asked for, and texts are valid UTF-8")
    void sizes() throws CharacterCodingException {
        for (Payload payload : Payload.values()) {
            for (int size = 0; size < 300; size++) {
                byte[] bytes = payload.bytes(size);
                assertEquals(size, bytes.length);
                if (payload.text()) {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                }
            }
        }
    }

    @Test
    @DisplayName("Letters stand for payloads")
    void letters() {
        for (Payload payload : Payload.values()) {
            assertEquals(payload, Payload.of(payload.letter()));
        }
        assertThrows(IllegalArgumentException.class, () -> Payload.of('X'));
    }

    @Test
    @DisplayName("T is ASCII alone, a good part of U is not")
    void kinds() {
        assertEquals(1000, Payload.TEXT.bytes(1000).length);
        assertEquals(1000, new String(Payload.TEXT.bytes(1000), StandardCharsets.UTF_8).length());
        String unicode = new String(Payload.UNICODE.bytes(1000), StandardCharsets.UTF_8);
        assertTrue(unicode.codePoints().filter(point -> point > 0x7F).count() > 200);
        assertTrue(unicode.codePoints().anyMatch(point -> point > 0xFFFF));
    }
}
