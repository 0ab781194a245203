package dev.ferrule.connection;

import dev.ferrule.Deflate;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.MessageInflater;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.SlidingWindow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses what a connection receives, piece by piece into an {@link Assembler}, with an inflater that is borrowed for the
 * duration of a message. Of the holder of the role.
 */
final class Inflating {
    /** The spare inflaters. */
    static final Spares<Borrowed> SPARES = new Spares<>(Borrowed::new, Borrowed::close);

    private final @Nullable SlidingWindow window;
    private final int maxRatio;
    private @Nullable Borrowed borrowed;
    private long compressed;
    private long inflated;

    Inflating(@Nullable SlidingWindow window, int maxRatio) {
        this.window = window;
        this.maxRatio = maxRatio;
    }

    /** An inflater with room for what comes out of it. */
    static final class Borrowed {
        private static final int BYTES = 16 << 10;

        private final MessageInflater inflater = new MessageInflater();
        private final byte[] out = new byte[BYTES];
        /** How much has come out and not gone to the assembler. */
        private int size;

        private void close() {
            inflater.close();
        }
    }

    /**
     * Takes a piece of a message's payload; its buffer's position stays.
     *
     * @param last whether the message ends with it
     * @param to gets the message, unless nobody wants it
     * @return if so, and all of the message is here, that; else null, and the assembler has it
     */
    byte @Nullable [] add(ByteBuffer in, int length, boolean last, @Nullable Assembler to) throws ProtocolException {
        Borrowed from = borrowed;
        if (from == null) {
            from = SPARES.borrow();
            borrowed = from;
            from.size = 0;
            from.inflater.begin(window);
            compressed = 0;
            inflated = 0;
        }
        compressed += length;
        if (length > 0) {
            from.inflater.input(in.slice(in.position(), length));
            inflate(from, to);
        }
        if (!last) {
            flush(from, to);
            return null;
        }
        from.inflater.end();
        inflate(from, to);
        return end(from, to);
    }

    private byte @Nullable [] end(Borrowed from, @Nullable Assembler to) throws ProtocolException {
        byte[] whole = null;
        if (to != null && to.empty()) {
            to.inflated(from.size);
            whole = Arrays.copyOf(from.out, from.size);
        } else {
            flush(from, to);
        }
        release();
        return whole;
    }

    private void inflate(Borrowed from, @Nullable Assembler to) throws ProtocolException {
        while (true) {
            if (from.size == Borrowed.BYTES) {
                flush(from, to);
            }
            int n = from.inflater.inflate(from.out, from.size, Borrowed.BYTES - from.size);
            if (n == 0) {
                return;
            }
            from.size += n;
            inflated += n;
            if (inflated > Deflate.UNJUDGED_BYTES && inflated > compressed * maxRatio) {
                throw new ProtocolException(
                        CloseCode.MESSAGE_TOO_BIG,
                        "message of more than " + maxRatio + " times its " + compressed
                                + " compressed bytes (RFC 6455 section 10.4)");
            }
        }
    }

    private static void flush(Borrowed from, @Nullable Assembler to) throws ProtocolException {
        if (from.size > 0 && to != null) {
            ByteBuffer piece = ByteBuffer.wrap(from.out, 0, from.size);
            to.inflated(from.size);
            to.check(piece, 0, from.size, false);
            to.add(piece, from.size, false);
        }
        from.size = 0;
    }

    /** The connection or the message has ended. */
    void release() {
        if (borrowed != null) {
            SPARES.giveBack(borrowed);
            borrowed = null;
        }
    }
}
