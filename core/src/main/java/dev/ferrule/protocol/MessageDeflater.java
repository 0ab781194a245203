package dev.ferrule.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses whole messages (RFC 7692 section 7.2.1), within the window that was agreed on: {@link Deflater} has no smaller
 * window than the largest, so a message is compressed in steps of half a window, each of which refers back to no more than
 * the half before it.
 *
 * <p>An instance is for one user at a time, serves any number of connections one after another, and holds native memory
 * until {@link #close()}.
 */
public final class MessageDeflater implements AutoCloseable {
    /**
     * How many bytes of earlier messages a message refers back to at most. More costs more time with each message than the
     * few bytes that it saves are worth.
     */
    public static final int KEPT_BYTES = 8 << 10;

    /** The native code holds up the garbage collector no longer than for so many bytes. */
    private static final int SLICE = 64 << 10;

    private static final int TAIL_BYTES = 4;
    /** With less room the native code would write its mark at the end again and again. */
    private static final int MIN_ROOM = 16;

    private final int level;
    private final Deflater deflater;
    private byte[] out = new byte[4 << 10];
    private int size;

    /**
     * Ready to compress.
     *
     * @param level from 1, the fastest, to 9, the smallest
     */
    public MessageDeflater(int level) {
        this.level = level;
        this.deflater = new Deflater(level, true);
    }

    /**
     * How hard it tries.
     *
     * @return from 1 to 9
     */
    public int level() {
        return level;
    }

    /**
     * Compresses a message.
     *
     * @param payload the message; its position stays
     * @param windowBits how far back, as a power of 2, the receiver can look: from 8 to 15
     * @param window what the compressed messages before it have left; the message is added, unless it isn't worth
     *     compressing. Null without context takeover
     * @return the payload of the compressed message, a new buffer; null if it isn't at least an eighth smaller, so that the
     *     message should go as it is
     */
    public @Nullable ByteBuffer deflate(ByteBuffer payload, int windowBits, @Nullable SlidingWindow window) {
        if (!payload.hasRemaining()) {
            return null;
        }
        size = 0;
        int step = windowBits == 15 ? payload.remaining() : 1 << (windowBits - 1);
        ByteBuffer compressed = null;
        if (steps(payload, step, Math.min(1 << (windowBits - 1), KEPT_BYTES), window)
                && worth(size - TAIL_BYTES, payload.remaining())) {
            compressed = ByteBuffer.wrap(Arrays.copyOf(out, size - TAIL_BYTES));
            if (window != null) {
                window.add(payload);
            }
        }
        if (out.length > SLICE) {
            out = new byte[SLICE];
        }
        return compressed;
    }

    private static boolean worth(int compressed, int payload) {
        return compressed <= payload - (payload + 7) / 8;
    }

    /** Whether it is worth it. */
    private boolean steps(ByteBuffer payload, int step, int back, @Nullable SlidingWindow window) {
        int limit = payload.limit();
        for (int from = payload.position(), to; from < limit; from = to) {
            to = limit - from > step ? from + step : limit;
            deflater.reset();
            if (from > payload.position()) {
                deflater.setDictionary(payload.slice(from - back, back));
            } else if (window != null) {
                window.prime(deflater, back);
            }
            if (!step(payload, from, to)) {
                return false;
            }
        }
        return true;
    }

    /** A part of the message, whose blocks end on the border of a byte; false if it is not worth going on. */
    private boolean step(ByteBuffer payload, int from, int to) {
        for (int at = from; at < to; at += SLICE) {
            int end = Math.min(to, at + SLICE);
            deflater.setInput(payload.slice(at, end - at));
            drain(end == to ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH);
            int done = end - payload.position();
            if (done >= SLICE && !worth(size, done)) {
                return false;
            }
        }
        return true;
    }

    private void drain(int flush) {
        int room;
        int n;
        do {
            if (out.length - size < MIN_ROOM) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            room = out.length - size;
            n = deflater.deflate(out, size, room, flush);
            size += n;
        } while (n == room);
    }

    /** Gives the native memory back; the instance is of no further use. Any number of times. */
    @Override
    public void close() {
        deflater.end();
    }
}
