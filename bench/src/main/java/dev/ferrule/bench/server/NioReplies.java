package dev.ferrule.bench.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes frames apart and gathers the replies to them. One for all connections of a server, as it has one thread. */
final class NioReplies {
    private static final int GATHERED_BYTES = 256 << 10;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int MAX_HEADER = 14;

    private ByteBuffer out = ByteBuffer.allocateDirect(GATHERED_BYTES + MAX_HEADER);
    private byte[] payload = new byte[1024];
    private int last;

    /** Adds the reply to the next frame; false, and nothing consumed, if it isn't whole yet. */
    boolean next(ByteBuffer in) {
        long whole = wholeFrame(in);
        if (whole > in.remaining()) {
            return false;
        }
        int first = in.get() & 0xFF;
        int length = length(in);
        int key = in.getInt();
        if (payload.length < length) {
            payload = new byte[length];
        }
        in.get(payload, 0, length);
        unmask(length, key);
        last = first;
        if (first == TEXT) {
            String text = new String(payload, 0, length, StandardCharsets.UTF_8);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            frame(TEXT, bytes, bytes.length);
        } else {
            frame(first == PING ? PONG : first, payload, length);
        }
        return true;
    }

    /** Bytes of the next frame with its header, or {@code MAX_HEADER} more than there is, if that isn't known yet. */
    static long wholeFrame(ByteBuffer in) {
        int at = in.position();
        int known = in.remaining();
        if (known < 2) {
            return (long) known + MAX_HEADER;
        }
        int length = in.get(at + 1) & 0x7F;
        int header = length < 126 ? 6 : length == 126 ? 8 : MAX_HEADER;
        if (known < header) {
            return (long) known + MAX_HEADER;
        }
        return header + (length < 126 ? length : length == 126 ? in.getShort(at + 2) & 0xFFFFL : in.getLong(at + 2));
    }

    private static int length(ByteBuffer in) {
        int length = in.get() & 0x7F;
        return length < 126 ? length : length == 126 ? in.getShort() & 0xFFFF : Math.toIntExact(in.getLong());
    }

    /** A wrapped buffer's longs are read and written as such: eight bytes at a time. */
    private void unmask(int length, int key) {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        long twice = ((key & 0xFFFFFFFFL) << 32) | (key & 0xFFFFFFFFL);
        int i = 0;
        for (; i <= length - 8; i += 8) {
            bytes.putLong(i, bytes.getLong(i) ^ twice);
        }
        for (; i < length; i++) {
            payload[i] ^= (byte) (key >>> (24 - 8 * (i & 3)));
        }
    }

    private void frame(int first, byte[] bytes, int length) {
        if (out.remaining() < length + MAX_HEADER) {
            ByteBuffer larger = ByteBuffer.allocateDirect(out.position() + length + MAX_HEADER);
            out = larger.put(out.flip());
        }
        out.put((byte) first);
        if (length < 126) {
            out.put((byte) length);
        } else if (length <= 0xFFFF) {
            out.put((byte) 126).putShort((short) length);
        } else {
            out.put((byte) 127).putLong(length);
        }
        out.put(bytes, 0, length);
    }

    /** Whether the last frame was a Close. */
    boolean closed() {
        return last == CLOSE;
    }

    /** Whether the last frame was a message. */
    boolean message() {
        return last < CLOSE;
    }

    boolean full() {
        return out.position() >= GATHERED_BYTES;
    }

    /** What was gathered, which is valid until the next frame. */
    ByteBuffer take() {
        ByteBuffer gathered = out.duplicate().flip();
        out.clear();
        return gathered;
    }
}
