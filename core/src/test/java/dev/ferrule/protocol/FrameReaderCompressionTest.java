package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 7692-6: what RSV1 means once permessage-deflate is agreed on. */
class FrameReaderCompressionTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("7692-6-1: RSV1 is for the first frame of a data message alone, RSV2 and RSV3 for none")
    void everyFirstByte(boolean inMessage) throws Exception {
        for (int first = 0; first < 256; first++) {
            FrameReader reader = new FrameReader(Role.CLIENT, 1000, true);
            if (inMessage) {
                reader.readHeader(ByteBuffer.wrap(new byte[] {0x42, 0}));
            }
            int opcode = first & 0xF;
            int reserved = first & 0x70;
            boolean begins = opcode == 1 || opcode == 2;
            boolean valid = inMessage
                    ? opcode == 0 || (opcode >= 8 && opcode <= 10 && first >= 0x80)
                    : begins || (opcode >= 8 && opcode <= 10 && first >= 0x80);
            valid &= reserved == 0 || (reserved == 0x40 && begins);
            ByteBuffer header = ByteBuffer.wrap(new byte[] {(byte) first, 0});
            if (!valid) {
                ProtocolException e = assertThrows(ProtocolException.class, () -> reader.readHeader(header));
                assertEquals(CloseCode.PROTOCOL_ERROR, e.code());
                continue;
            }
            assertEquals(true, reader.readHeader(header));
            if (opcode < 8) {
                assertEquals(begins ? reserved == 0x40 : inMessage, reader.compressed(), Integer.toHexString(first));
            }
        }
    }

    @Test
    @DisplayName("7692-6-2: each message says for itself whether it is compressed")
    void mixed() throws Exception {
        FrameReader reader = new FrameReader(Role.CLIENT, 1000, true);
        ByteBuffer frames = ByteBuffer.wrap(new byte[] {0x41, 0, (byte) 0x89, 0, 0x00, 0, (byte) 0x80, 0, 0x01, 0});
        boolean[] expected = {true, true, true, true, false};
        for (boolean compressed : expected) {
            reader.readHeader(frames);
            assertEquals(compressed, reader.compressed());
        }
    }
}
