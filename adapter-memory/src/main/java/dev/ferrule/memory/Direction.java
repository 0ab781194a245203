package dev.ferrule.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One direction of a {@link Link}: what one end sends, until the other has read it. */
public final class Direction {
    /** How many bytes may be on their way or wait to be read, as in the buffers of sockets. */
    static final int WINDOW = 64 << 10;

    /** Bytes, or if there are none the end of the stream or a reset. */
    private record Segment(@Nullable ByteBuffer bytes, boolean reset, long due) {}

    private final ReentrantLock lock;
    private final Schedule schedule;
    private @Nullable LinkEnd sender;
    private @Nullable LinkEnd receiver;

    private final ArrayDeque<Segment> onTheWay = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> arrived = new ArrayDeque<>();
    private int window = WINDOW;
    private long sent;
    private long cut = Long.MAX_VALUE;
    private long latency;
    private long lastDue;
    private boolean stalled;
    private boolean dropped;
    private boolean endSent;
    private boolean endArrived;

    Direction(Link link, Schedule schedule) {
        this.lock = link.lock;
        this.schedule = schedule;
        this.lastDue = schedule.nanoTime();
    }

    void between(LinkEnd from, LinkEnd to) {
        sender = from;
        receiver = to;
    }

    // ------------------------------------------------------------------ for tests

    /**
     * How many bytes have been sent this way, the opening handshake included.
     *
     * @return all that the sender has handed over
     */
    public long sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Delays what is sent.
     *
     * @param delay how long bytes are on their way; none overtakes another
     * @throws IllegalArgumentException if it is negative
     */
    public void latency(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("latency is " + delay + ", it can't be negative");
        }
        lock.lock();
        try {
            latency = delay.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Holds back what is on its way and what is sent, ends included, until {@link #resume()}. */
    public void stall() {
        lock.lock();
        try {
            stalled = true;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go on what was held back. */
    public void resume() {
        lock.lock();
        try {
            stalled = dropped;
            arrive();
        } finally {
            lock.unlock();
        }
    }

    /** Loses what is on its way and what is sent, ends included, for ever: neither end hears of it. */
    public void drop() {
        lock.lock();
        try {
            dropped = true;
            stalled = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Resets the connection when so many more bytes have been sent this way: those still arrive, and nothing behind them.
     *
     * @param bytes from 0 on; with 0 it is reset now
     * @throws IllegalArgumentException if the number is negative
     */
    public void cutAfter(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("number of bytes is " + bytes + ", it can't be negative");
        }
        lock.lock();
        try {
            cut = sent + bytes;
            cutIfReached();
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ of the sender, with the lock

    /** Whether something of a write would be taken. */
    boolean writable() {
        return window > 0;
    }

    /** Takes as many bytes as there is room for. */
    int take(ByteBuffer[] from, int count) throws IOException {
        if (endSent) {
            throw new IOException("the output has been ended");
        }
        long offered = 0;
        for (int i = 0; i < count; i++) {
            offered += from[i].remaining();
        }
        int n = (int) Math.min(offered, Math.min(window, cut - sent));
        if (n > 0) {
            byte[] bytes = new byte[n];
            int filled = 0;
            for (int i = 0; filled < n; i++) {
                int part = Math.min(n - filled, from[i].remaining());
                from[i].get(bytes, filled, part);
                filled += part;
            }
            window -= n;
            sent += n;
            send(ByteBuffer.wrap(bytes), false);
            cutIfReached();
        }
        return n;
    }

    private void cutIfReached() {
        if (sent >= cut && sender != null) {
            sendReset();
            sender.lose();
        }
    }

    void sendEnd() {
        if (!endSent) {
            endSent = true;
            send(null, false);
        }
    }

    void sendReset() {
        endSent = true;
        send(null, true);
    }

    private void send(@Nullable ByteBuffer bytes, boolean reset) {
        lastDue = Math.max(lastDue, schedule.nanoTime() + latency);
        boolean first = onTheWay.isEmpty();
        onTheWay.add(new Segment(bytes, reset, lastDue));
        if (first) {
            arrive();
        }
    }

    // ------------------------------------------------------------------ on the way, with the lock

    private void arrive() {
        for (Segment next = onTheWay.peek(); next != null && !stalled; next = onTheWay.peek()) {
            long wait = next.due() - schedule.nanoTime();
            if (wait > 0) {
                var unused = schedule.schedule(this::due, wait);
                return;
            }
            onTheWay.remove();
            deliver(next);
        }
    }

    private void due() {
        lock.lock();
        try {
            arrive();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Segment segment) {
        LinkEnd to = receiver;
        if (to == null) {
            return;
        }
        ByteBuffer bytes = segment.bytes();
        if (segment.reset()) {
            to.lose();
        } else if (to.over()) {
            to.unwanted(bytes != null);
        } else if (bytes == null) {
            endArrived = true;
            to.readable();
        } else {
            arrived.add(bytes);
            to.readable();
        }
    }

    // ------------------------------------------------------------------ of the receiver, with the lock

    /** Whether a read would return something else than 0. */
    boolean hasArrived() {
        return !arrived.isEmpty() || endArrived;
    }

    /** Whether bytes have arrived that nobody has read. */
    boolean unread() {
        return !arrived.isEmpty();
    }

    int read(ByteBuffer to) {
        int n = 0;
        for (ByteBuffer next = arrived.peek(); next != null && to.hasRemaining(); next = arrived.peek()) {
            int part = Math.min(next.remaining(), to.remaining());
            to.put(to.position(), next, next.position(), part).position(to.position() + part);
            next.position(next.position() + part);
            n += part;
            if (!next.hasRemaining()) {
                arrived.remove();
            }
        }
        if (n > 0 && sender != null) {
            window += n;
            sender.writable();
        }
        return n == 0 && endArrived && to.hasRemaining() ? -1 : n;
    }
}
