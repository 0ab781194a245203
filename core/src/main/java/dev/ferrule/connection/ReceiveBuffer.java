package dev.ferrule.connection;

import dev.ferrule.connection.Buffers.Pooled;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a connection and is not handled yet; of the holder of the role alone. Most of the time there is nothing,
 * and then it has no buffer.
 *
 * <p>The beginning of a frame that fits into the buffer as a whole stays in it, so that the rest comes right behind it and
 * nothing has to be put together: a message of 64 KiB then costs no copy beside those of the two system calls.
 */
final class ReceiveBuffer {
    /** So many connections may keep a shared buffer while they wait for the rest of a frame; a bound for those who drip. */
    private static final int MAX_PARKED = 64;

    private static final AtomicInteger PARKED = new AtomicInteger();

    /**
     * So many connections may keep a shared buffer while what is in it is on the way to another thread. With hundreds of
     * connections the selector's thread would else read all of them before one is handled, and a direct buffer made for each
     * costs twice as much as everything else.
     */
    private static final int MAX_ON_THE_WAY = 64;

    private static final AtomicInteger ON_THE_WAY = new AtomicInteger();

    private @Nullable Pooled in;
    /** A buffer of which a message is lent until the stage completes that its callback returned. */
    private @Nullable Pooled lent;

    private boolean lending;
    /** Bytes at the position that are handled as far as can be, and stay until the rest of their frame has come. */
    private int kept;
    /** How long the payload that they begin will be. */
    private int whole;

    private boolean parked;
    private boolean onTheWay;
    private int start;

    /** Whether it holds nothing at all, nor has lent anything. */
    boolean idle() {
        return in == null && lent == null;
    }

    /** What has been read, from the bytes on that are kept; to be asked for only if there is something. */
    ByteBuffer bytes() {
        return held().bytes;
    }

    private Pooled held() {
        if (in == null) {
            throw new IllegalStateException("nothing has been read");
        }
        return in;
    }

    boolean any() {
        return in != null;
    }

    /** How many bytes have not been looked at. */
    int unseen() {
        return in == null ? 0 : in.bytes.remaining() - kept;
    }

    int kept() {
        return kept;
    }

    /** All that is there belongs to a payload of which more is to come, and stays. */
    void keep(int bytes, int payload) {
        kept = bytes;
        whole = payload;
    }

    // ------------------------------------------------------------------ reading

    /** Room to read into; {@link #filled} must follow. */
    ByteBuffer room() {
        keepLent();
        if (kept > 0 && in != null) {
            return behindKept(in.bytes);
        }
        if (in != null && in.retained()) {
            Buffers.FOR_READING.release(in);
            in = null;
        }
        if (in == null || in.bytes.capacity() < Buffers.READ_BYTES) {
            // One that was shrunk while it waited is of no use for reading: it may even have no room at all.
            in = Buffers.FOR_READING.acquire();
        }
        start = 0;
        return in.bytes.clear();
    }

    private ByteBuffer behindKept(ByteBuffer bytes) {
        unpark();
        if (bytes.capacity() < Buffers.READ_BYTES || (in != null && in.retained())) {
            Pooled larger = Buffers.FOR_READING.acquire();
            larger.bytes.put(bytes);
            if (in != null) {
                Buffers.FOR_READING.release(in);
            }
            in = larger;
            start = 0;
            return larger.bytes;
        }
        if (bytes.capacity() - bytes.position() < whole) {
            bytes.compact();
            start = 0;
            return bytes;
        }
        start = bytes.position();
        return bytes.position(bytes.limit()).limit(bytes.capacity());
    }

    /** The room has been read into, up to the buffer's position. */
    void filled() {
        ByteBuffer bytes = bytes();
        bytes.limit(bytes.position()).position(start);
    }

    // ------------------------------------------------------------------ lending

    /** The next bytes, lent to the application until {@link #restored}. */
    ByteBuffer lend(int length) {
        ByteBuffer view = held().view(length);
        lending = true;
        return view;
    }

    /** What was taken into the {@link #array}, lent as by {@link #lend}. */
    ByteBuffer lendArray(int length) {
        ByteBuffer view = held().arrayView(length);
        lending = true;
        return view;
    }

    /** The next bytes, which are taken, in an array that has room for more behind them and is good until the next call. */
    byte[] array(int length, int more) {
        return held().array(length, more);
    }

    /** The buffer whose bytes are lent now; null if none are. */
    @Nullable
    Pooled lender() {
        return lending ? in : null;
    }

    /** The callback has returned; what was lent stays so only until its stage completes. */
    void returned(boolean stagePending) {
        lending &= stagePending;
    }

    /** No stage is pending: what was lent is ours again, except for a message that waits to be delivered. */
    void restored(boolean waiting) {
        lending &= waiting;
        if (lent != null) {
            Buffers.FOR_READING.release(lent);
            lent = null;
        }
    }

    /** What is lent of the buffer stays as it is, until the stage completes; reading goes on with another buffer. */
    private void keepLent() {
        if (lending) {
            lent = in;
            in = null;
            lending = false;
        }
    }

    // ------------------------------------------------------------------ waiting

    /**
     * Nothing more is there to be read for now.
     *
     * @return false if there are too many that wait for the rest of a frame: what is kept must be put somewhere else
     */
    boolean park() {
        if (kept == 0) {
            release();
            return true;
        }
        parked = parked || take(PARKED, MAX_PARKED);
        return parked;
    }

    /** Takes one of so many places, unless all are taken. */
    private static boolean take(AtomicInteger taken, int places) {
        if (taken.incrementAndGet() <= places) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    private void unpark() {
        if (parked) {
            parked = false;
            PARKED.decrementAndGet();
        }
    }

    /** What has been read is to be handled by another thread, which may take a while to come. */
    void handOver() {
        if (in != null) {
            onTheWay = onTheWay || take(ON_THE_WAY, MAX_ON_THE_WAY);
            if (!onTheWay) {
                shrink();
            }
        }
    }

    /** The thread that handles what has been read has come. */
    void arrived() {
        if (onTheWay) {
            onTheWay = false;
            ON_THE_WAY.decrementAndGet();
        }
    }

    /** The connection stands still with bytes that it may not handle: they need less than a whole buffer. */
    void shrink() {
        if (in != null && !lending) {
            in = Buffers.FOR_READING.shrink(in);
        }
    }

    /** Drops whatever is left, except what is lent. */
    void release() {
        unpark();
        arrived();
        kept = 0;
        keepLent();
        if (in != null) {
            Buffers.FOR_READING.release(in);
            in = null;
        }
    }
}
