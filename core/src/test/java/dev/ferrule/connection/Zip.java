package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The peer's compression, by the JDK alone, as RFC 7692 section 7.2 says it: the oracle. */
final class Zip {
    private final boolean takeover;
    private final Deflater deflater = new Deflater(9, true);
    private final Inflater inflater = new Inflater(true);

    Zip(boolean takeover) {
        this.takeover = takeover;
    }

    byte[] deflate(byte[] message) {
        if (!takeover) {
            deflater.reset();
        }
        deflater.setInput(message);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        byte[] out = new byte[1 << 16];
        int n;
        do {
            n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            compressed.write(out, 0, n);
        } while (n == out.length);
        // Behind a flush, nothing leaves nothing behind: then it is an empty block by hand (RFC 7692 section 7.2.3.6).
        return compressed.size() == 0 ? new byte[] {0} : Arrays.copyOf(compressed.toByteArray(), compressed.size() - 4);
    }

    /** Begins with the first message again. */
    void restart() {
        inflater.reset();
    }

    byte[] inflate(byte[] payload) {
        if (!takeover) {
            inflater.reset();
        }
        byte[] whole = Arrays.copyOf(payload, payload.length + 4);
        Arrays.fill(whole, payload.length + 2, whole.length, (byte) 0xFF);
        inflater.setInput(whole);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] out = new byte[1 << 16];
        try {
            for (int n = inflater.inflate(out); n > 0; n = inflater.inflate(out)) {
                message.write(out, 0, n);
            }
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
        assertTrue(inflater.needsInput(), "the payload ends with the message");
        return message.toByteArray();
    }
}
