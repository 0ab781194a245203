package dev.ferrule;

import java.nio.ByteBuffer;

/**
 * Data that a callback was lent and that its application keeps for longer without a copy, until it closes this:
 * {@link Connection#retain}. It costs the memory of a whole buffer of the connection, 128 KiB at most, even if the message is
 * small; what is small, or kept for long, is better copied, as {@link Message#copyOf} does. A connection lends eight buffers
 * at a time; what is retained beyond them is copied.
 *
 * <p>May be used and closed on any thread. One that is never closed costs its memory until it is garbage.
 */
public interface Retained extends AutoCloseable {
    /**
     * The data.
     *
     * @return read-only, as the callback got it; not to be touched after {@link #close}
     */
    ByteBuffer data();

    /** Gives the memory back. Further calls do nothing. */
    @Override
    void close();
}
