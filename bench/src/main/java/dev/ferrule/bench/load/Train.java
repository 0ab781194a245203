package dev.ferrule.bench.load;

import java.nio.ByteBuffer;

/** Equal masked frames in a row, so that many messages leave in one write without being copied. */
final class Train {
    private static final int KEY = 0x9D4E1B72;
    private static final int MAX_HEADER = 14;
    private static final int MAX_BYTES = 16 << 20;

    private final ByteBuffer bytes;
    private final int messageBytes;

    /** As many frames as asked for, or fewer if they are long. */
    Train(byte[] payload, boolean text, int frames) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + MAX_HEADER);
        frame.put((byte) (text ? 0x81 : 0x82));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(KEY);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (KEY >>> (24 - 8 * (i & 3)))));
        }
        messageBytes = frame.flip().remaining();
        int count = Math.max(1, Math.min(frames, MAX_BYTES / messageBytes));
        bytes = ByteBuffer.allocateDirect(count * messageBytes);
        for (int i = 0; i < count; i++) {
            bytes.put(frame.rewind());
        }
    }

    /** Bytes of one message with its header. */
    int messageBytes() {
        return messageBytes;
    }

    /** Bytes from a place within a message on: as many as are owed, or as there are. Valid until the next call. */
    ByteBuffer from(int offset, long owed) {
        int end = (int) Math.min(bytes.capacity(), offset + owed);
        return bytes.limit(end).position(offset);
    }
}
