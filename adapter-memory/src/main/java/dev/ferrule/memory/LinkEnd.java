package dev.ferrule.memory;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One end of a link, as a socket of TCP is: nothing blocks, and who waits is told, on the schedule of the network. */
final class LinkEnd {
    /** Who is told when there is something to do. */
    interface Listener {
        /** A read would return something else than 0, or throw. */
        void readable();

        /** A write would take something, or throw. */
        void writable();
    }

    private static final String RESET = "connection reset";

    private final ReentrantLock lock;
    private final Schedule schedule;
    private final Direction in;
    private final Direction out;
    private volatile @Nullable Listener listener;

    private boolean readWanted;
    private boolean writeWanted;
    /** By this end: it wants to hear no more. */
    private volatile boolean closed;
    /** By a reset. */
    private boolean lost;

    LinkEnd(ReentrantLock lock, Schedule schedule, Direction in, Direction out) {
        this.lock = lock;
        this.schedule = schedule;
        this.in = in;
        this.out = out;
    }

    void listener(Listener next) {
        listener = next;
    }

    int read(ByteBuffer to) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (lost && !in.unread()) {
                throw new SocketException(RESET);
            }
            return in.read(to);
        } finally {
            lock.unlock();
        }
    }

    long write(ByteBuffer[] from, int count) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (lost) {
                throw new SocketException(RESET);
            }
            return out.take(from, count);
        } finally {
            lock.unlock();
        }
    }

    void awaitReadable() {
        lock.lock();
        try {
            readWanted = true;
            if (lost || in.hasArrived()) {
                readable();
            }
        } finally {
            lock.unlock();
        }
    }

    void awaitWritable() {
        lock.lock();
        try {
            writeWanted = true;
            if (lost || out.writable()) {
                writable();
            }
        } finally {
            lock.unlock();
        }
    }

    void shutdownOutput() {
        lock.lock();
        try {
            if (!closed && !lost) {
                out.sendEnd();
            }
        } finally {
            lock.unlock();
        }
    }

    /** As TCP does: what was not read makes the end a reset. */
    void close() {
        close(false);
    }

    void close(boolean reset) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (lost) {
                return;
            }
            if (reset || in.unread()) {
                out.sendReset();
            } else {
                out.sendEnd();
            }
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ with the lock

    boolean over() {
        return closed || lost;
    }

    /** The connection has been reset. */
    void lose() {
        if (!lost) {
            lost = true;
            readable();
            writable();
        }
    }

    /** Something has come for an end that is closed. */
    void unwanted(boolean bytes) {
        if (bytes && !lost) {
            lost = true;
            out.sendReset();
        }
    }

    void readable() {
        if (readWanted) {
            readWanted = false;
            schedule.execute(() -> {
                Listener told = listener;
                if (told != null && !closed) {
                    told.readable();
                }
            });
        }
    }

    void writable() {
        if (writeWanted) {
            writeWanted = false;
            schedule.execute(() -> {
                Listener told = listener;
                if (told != null && !closed) {
                    told.writable();
                }
            });
        }
    }
}
