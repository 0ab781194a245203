package dev.ferrule.connection;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peer's frames, written and read by other code than that under test: by the table of RFC 6455 section 5.2. */
final class Wire {
    private static final String[] NAMES = {"cont", "text", "binary", "3", "4", "5", "6", "7", "close", "ping", "pong"};
    private static final byte[] KEY = {(byte) 0xA1, 0x5B, 0x00, (byte) 0xFF};

    private final boolean masks;
    /** The peer's side of permessage-deflate, if that is agreed on. */
    private final @Nullable Zip zip;

    /** A peer that masks what it sends, and gets what is not masked; or the reverse. */
    Wire(boolean masks) {
        this(masks, null);
    }

    Wire(boolean masks, @Nullable Compression compression) {
        this.masks = masks;
        this.zip = compression == null ? null : new Zip(compression.options().contextTakeover());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    byte[] text(String text) {
        return frame(0x81, utf8(text));
    }

    byte[] binary(byte... payload) {
        return frame(0x82, payload);
    }

    byte[] ping(String payload) {
        return frame(0x89, utf8(payload));
    }

    byte[] pong(String payload) {
        return frame(0x8A, utf8(payload));
    }

    byte[] close() {
        return frame(0x88, new byte[0]);
    }

    byte[] close(int code, String reason) {
        return frame(0x88, join(new byte[] {(byte) (code >> 8), (byte) code}, utf8(reason)));
    }

    /** What the peer makes of a message before it sends that compressed. */
    byte[] deflated(byte[] message) {
        return requireNonNull(zip).deflate(message);
    }

    /** A whole compressed message. */
    byte[] compressed(boolean text, byte[] message) {
        return frame(text ? 0xC1 : 0xC2, deflated(message));
    }

    byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header(first, payload.length));
        for (int i = 0; i < payload.length; i++) {
            frame.write(masks ? payload[i] ^ KEY[i % 4] : payload[i]);
        }
        return frame.toByteArray();
    }

    /** The header alone, of a frame whose payload may never come. */
    byte[] header(int first, long length) {
        ByteBuffer header = ByteBuffer.allocate(14);
        int mask = masks ? 0x80 : 0;
        header.put((byte) first);
        if (length < 126) {
            header.put((byte) (mask | length));
        } else if (length < 65536) {
            header.put((byte) (mask | 126)).putShort((short) length);
        } else {
            header.put((byte) (mask | 127)).putLong(length);
        }
        if (masks) {
            header.put(KEY);
        }
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    /** What came from the endpoint under test, a line for each frame; fails if a frame is cut or malformed. */
    List<String> read(byte[] bytes) {
        List<String> frames = new ArrayList<>();
        if (zip != null) {
            zip.restart();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            frames.add(frame(in));
        }
        return frames;
    }

    private String frame(ByteBuffer in) {
        int first = in.get() & 0xFF;
        int second = in.get() & 0xFF;
        assertEquals(!masks, second >= 0x80, "a client masks, a server doesn't");
        boolean compressed = zip != null && (first & 0xF0) == 0xC0;
        assertEquals(compressed ? 0x40 : 0, first & 0x70, "RSV bits");
        long length = second & 0x7F;
        if (length == 126) {
            length = in.getShort() & 0xFFFF;
            assertEquals(true, length > 125, "the shortest form of the length");
        } else if (length == 127) {
            length = in.getLong();
            assertEquals(true, length > 65535, "the shortest form of the length");
        }
        byte[] key = new byte[4];
        if (!masks) {
            in.get(key);
        }
        byte[] payload = new byte[(int) length];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i % 4];
        }
        String name = NAMES[first & 0xF] + (first < 0x80 ? "+" : "") + (compressed ? "*" : "");
        if (zip != null && compressed) {
            assertTrue(payload.length > 0, "a compressed message has a payload (RFC 7692 section 7.2.1)");
            payload = zip.inflate(payload);
        }
        return (name + " " + show(first & 0xF, payload)).strip();
    }

    private static String show(int opcode, byte[] payload) {
        if (opcode == 8) {
            return payload.length == 0
                    ? ""
                    : ((((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF)) + " "
                            + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
        }
        if (payload.length > 64) {
            return payload.length + " bytes";
        }
        return opcode == 2 ? hex(ByteBuffer.wrap(payload)) : new String(payload, StandardCharsets.UTF_8);
    }

    static String hex(ByteBuffer bytes) {
        StringBuilder hex = new StringBuilder();
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            hex.append(String.format("%02x", bytes.get(i)));
        }
        return hex.toString();
    }
}
