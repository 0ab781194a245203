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
 * Decompresses what a connection receives, with an inflater that is borrowed for the duration of a message: piece by piece
 * into an {@link Assembler}; or, where messages are delivered in pieces, as much at a time as there is room for. Of the holder
 * of the role.
 */
final class Inflating {
    /** The spare inflaters. */
    static final Spares<Borrowed> SPARES = new Spares<>(Borrowed::new, Borrowed::close);

    private final @Nullable SlidingWindow window;
    private final int maxRatio;
    private @Nullable Borrowed borrowed;
    private long compressed;
    private long inflated;
    /** Of the piece that was given, something may be left to come out. */
    private boolean more;
    /** It was the last one of its message. */
    private boolean lastGiven;
    /** The inflater knows that the last one was given. */
    private boolean allGiven;

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
        Borrowed from = input(in, length);
        if (length > 0) {
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

    private Borrowed input(ByteBuffer in, int length) {
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
        }
        return from;
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
            if (!step(from)) {
                return;
            }
        }
    }

    /** Whether something came out. */
    private boolean step(Borrowed from) throws ProtocolException {
        int n = from.inflater.inflate(from.out, from.size, Borrowed.BYTES - from.size);
        from.size += n;
        inflated += n;
        if (inflated > Deflate.UNJUDGED_BYTES && inflated > compressed * maxRatio) {
            throw new ProtocolException(
                    CloseCode.MESSAGE_TOO_BIG,
                    "message of more than " + maxRatio + " times its " + compressed
                            + " compressed bytes (RFC 6455 section 10.4)");
        }
        return n > 0;
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

    // ------------------------------------------------------------------ of messages that are delivered in pieces

    /**
     * Takes a piece of a message's payload, for {@link #next} to decompress, which must be called before the buffer changes;
     * its position stays.
     */
    void give(ByteBuffer in, int length, boolean last) {
        input(in, length);
        more = true;
        lastGiven = last;
        allGiven = false;
    }

    /** Whether {@link #next} has to be called before anything else is given. */
    boolean more() {
        return more;
    }

    /** Whether the last bytes of a message have come out. */
    boolean ended() {
        return allGiven && !more;
    }

    /**
     * The next bytes of the message.
     *
     * @param to knows the limits
     * @return a new array; empty if nothing can be said without more of the payload
     */
    byte[] next(Assembler to) throws ProtocolException {
        Borrowed from = fill();
        to.inflated(from.size);
        byte[] piece = Arrays.copyOf(from.out, from.size);
        emptied(from);
        return piece;
    }

    /** Nobody wants what is left of the pieces that were given; later messages may refer to it. */
    void skip() throws ProtocolException {
        while (more) {
            emptied(fill());
        }
    }

    private Borrowed fill() throws ProtocolException {
        Borrowed from = borrowed;
        if (from == null) {
            throw new IllegalStateException("nothing has been given");
        }
        while (from.size < Borrowed.BYTES) {
            if (!step(from)) {
                if (!lastGiven || allGiven) {
                    more = false;
                    break;
                }
                allGiven = true;
                from.inflater.end();
            }
        }
        return from;
    }

    private void emptied(Borrowed from) {
        from.size = 0;
        if (more) {
            from.inflater.keepInput();
        } else if (allGiven) {
            release();
        }
    }

    /** The connection or the message has ended. */
    void release() {
        more = false;
        if (borrowed != null) {
            SPARES.giveBack(borrowed);
            borrowed = null;
        }
    }
}
