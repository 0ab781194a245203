package dev.ferrule.protocol;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses messages (RFC 7692 section 7.2.2), each from pieces that are cut anywhere, into pieces as large as its user
 * likes: it allocates nothing that grows with a message.
 *
 * <p>For each message: {@link #begin}; then for each piece of its payload {@link #input} and {@link #inflate} until that
 * returns 0; then {@link #end} and {@link #inflate} until it returns 0 again. Blocks may be of any type and number, and any
 * of them may be marked as the final one: behind such a block the stream goes on at the next byte, with the same window.
 *
 * <p>An instance is for one user at a time, serves any number of connections one after another, and holds native memory
 * until {@link #close()}. After an exception, {@link #begin} makes it as good as new.
 */
public final class MessageInflater implements AutoCloseable {
    /** How far back DEFLATE refers at most. */
    public static final int MAX_WINDOW_BYTES = 1 << 15;

    /** What a sender leaves out at the end of each message: the end of an empty stored block. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
    /** An empty block that is the final one: whether it is understood so shows whether a block had ended before. */
    private static final byte[] PROBE = {3, 0};

    private enum Phase {
        PAYLOAD,
        TAIL,
        PROBE,
        DONE
    }

    private final Inflater inflater = new Inflater(true);
    private final SlidingWindow own = new SlidingWindow(MAX_WINDOW_BYTES);
    private SlidingWindow window = own;
    private ByteBuffer input = ByteBuffer.wrap(TAIL);
    private Phase phase = Phase.DONE;

    /** Ready to begin a message. */
    public MessageInflater() {}

    /**
     * Begins a message, whatever became of the one before.
     *
     * @param kept what the messages before it have left, and what it will leave; null without context takeover
     */
    public void begin(@Nullable SlidingWindow kept) {
        own.clear();
        window = kept == null ? own : kept;
        phase = Phase.PAYLOAD;
        restart();
    }

    /**
     * A further piece of the message's compressed payload, once the one before is used up.
     *
     * @param piece must stay as it is until {@link #inflate} has returned 0, or {@link #keepInput} was called; its position
     *     stays, too
     */
    public void input(ByteBuffer piece) {
        feed(piece.duplicate());
    }

    /** Copies what is not used up of the piece that was given, whose buffer may change from now on. */
    public void keepInput() {
        if (input.hasRemaining()) {
            input = ByteBuffer.allocate(input.remaining()).put(input).flip();
            inflater.setInput(input);
        }
    }

    /** The whole payload has been given. */
    public void end() {
        // Behind a final block there is nothing that the tail would have to end.
        if (inflater.finished()) {
            phase = Phase.DONE;
        } else {
            phase = Phase.TAIL;
            feed(ByteBuffer.wrap(TAIL));
        }
    }

    /**
     * Decompresses what has been given.
     *
     * @param out gets the next bytes of the message
     * @param from index of the first
     * @param length how many at most, more than 0
     * @return how many; 0 if all that was given is used up
     * @throws ProtocolException with 1007 if the payload is not what section 7.2.1 makes of a message
     */
    public int inflate(byte[] out, int from, int length) throws ProtocolException {
        while (phase != Phase.DONE) {
            int n = inflated(out, from, length);
            if (n > 0) {
                if (phase != Phase.PAYLOAD) {
                    throw invalid("it ends inside of a block");
                }
                window.add(out, from, n);
                return n;
            }
            if (inflater.finished()) {
                if (!behindFinalBlock()) {
                    return 0;
                }
            } else if (phase == Phase.PAYLOAD) {
                return 0;
            } else if (phase == Phase.TAIL) {
                phase = Phase.PROBE;
                feed(ByteBuffer.wrap(PROBE));
            } else {
                throw invalid("it ends inside of a block");
            }
        }
        return 0;
    }

    private int inflated(byte[] out, int from, int length) throws ProtocolException {
        try {
            return inflater.inflate(out, from, length);
        } catch (DataFormatException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** A block that is marked as the final one has ended; whether there is more to do. */
    private boolean behindFinalBlock() throws ProtocolException {
        if (phase == Phase.PAYLOAD) {
            if (input.hasRemaining()) {
                restart();
                inflater.setInput(input);
                return true;
            }
            return false;
        }
        if (input.hasRemaining()) {
            throw invalid("it ends inside of a block");
        }
        phase = Phase.DONE;
        return true;
    }

    private void feed(ByteBuffer piece) {
        input = piece;
        if (inflater.finished() && piece.hasRemaining()) {
            restart();
        }
        inflater.setInput(piece);
    }

    private void restart() {
        inflater.reset();
        window.prime(inflater);
    }

    private static ProtocolException invalid(String what) {
        return new ProtocolException(
                CloseCode.INVALID_FRAME_PAYLOAD_DATA,
                "compressed message can't be decompressed: " + what + " (RFC 7692 section 7.2.2)");
    }

    /** Gives the native memory back; the instance is of no further use. Any number of times. */
    @Override
    public void close() {
        inflater.end();
    }
}
