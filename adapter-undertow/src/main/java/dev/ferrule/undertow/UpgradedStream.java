package dev.ferrule.undertow;

import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import dev.ferrule.spi.LeastRecentlyRead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * The bytes of an upgraded connection of Undertow. Its events come on the connection's I/O thread, which must not block, so
 * callbacks that may block hop to a worker: once for all that a read brought.
 *
 * <p>Changing what the selector looks for costs system calls; so reading stays resumed while an event is handled that ends
 * in asking for the next.
 *
 * <p>Undertow's TLS keeps its state in a word that it changes without a lock, and forgets to listen if two threads do so at
 * once. So over TLS what the selector looks for is changed by the I/O thread alone, and not while another thread reads or
 * writes.
 */
final class UpgradedStream extends LeastRecentlyRead.Stream implements ByteTransport, ChannelListener<Channel> {
    private final StreamConnection connection;
    private final @Nullable ReentrantLock tls;
    private final SharedThreads.OfIoThread threads;
    private @Nullable ByteListener listener;

    private volatile boolean readWanted;
    private volatile boolean writeWanted;
    /** TLS holds bytes that it has taken from us, and could not write. */
    private volatile boolean flushWanted;

    private volatile boolean closed;
    /** The I/O thread while it handles a read event. */
    private volatile @Nullable Thread reading;

    private boolean begun;

    UpgradedStream(StreamConnection connection, boolean tls, SharedThreads.OfIoThread threads) {
        this.connection = connection;
        this.tls = tls ? new ReentrantLock() : null;
        this.threads = threads;
    }

    void bind(ByteListener bound) {
        listener = bound;
        source().setReadListener(this);
        sink().setWriteListener(this);
        connection.setCloseListener(this);
        if (connection.getIoThread() == Thread.currentThread()) {
            bound.opened();
        } else {
            connection.getIoThread().execute(bound::opened);
        }
    }

    @Override
    public void handleEvent(Channel channel) {
        ByteListener bound = listener;
        if (bound == null) {
            return;
        }
        if (channel == source()) {
            threads.order().readable(this);
        } else if (channel == sink()) {
            writeEvent(bound);
        } else if (!closed) {
            bound.lost(new ClosedChannelException());
        }
    }

    @Override
    protected void onTurn() {
        ByteListener bound = listener;
        if (bound == null || closed) {
            return;
        }
        readWanted = false;
        reading = Thread.currentThread();
        bound.readable();
        reading = null;
        // Behind the end, XNIO would make an exception with a stack trace of its own, and swallow it.
        if (!readWanted && !closed) {
            lock();
            try {
                source().suspendReads();
                if (readWanted) {
                    // Asked for from another thread in between.
                    source().resumeReads();
                }
            } finally {
                unlock();
            }
        }
    }

    private void writeEvent(ByteListener bound) {
        lock();
        try {
            sink().suspendWrites();
            if (flushWanted) {
                flushWanted = !sink().flush();
                if (flushWanted) {
                    sink().resumeWrites();
                    return;
                }
            }
        } catch (IOException e) {
            bound.lost(e);
            return;
        } finally {
            unlock();
        }
        if (writeWanted) {
            writeWanted = false;
            bound.writable();
        }
    }

    private void lock() {
        if (tls != null) {
            tls.lock();
        }
    }

    private void unlock() {
        if (tls != null) {
            tls.unlock();
        }
    }

    /** Changes what the selector looks for. */
    private void select(Runnable change) {
        if (tls == null) {
            change.run();
        } else if (connection.getIoThread() == Thread.currentThread()) {
            locked(change);
        } else {
            connection.getIoThread().execute(() -> locked(change));
        }
    }

    private void locked(Runnable change) {
        lock();
        try {
            change.run();
        } finally {
            unlock();
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        lock();
        try {
            return source().read(to);
        } finally {
            unlock();
        }
    }

    @Override
    public void awaitReadable() {
        readWanted = true;
        if (reading == Thread.currentThread()) {
            return;
        }
        if (begun) {
            select(source()::resumeReads);
        } else {
            // What came right behind the handshake has been read already, and the selector doesn't know of it.
            begun = true;
            select(source()::wakeupReads);
        }
    }

    @Override
    public long write(ByteBuffer[] from, int count) throws IOException {
        lock();
        try {
            long taken = count == 1 ? sink().write(from[0]) : sink().write(from, 0, count);
            if (tls != null && !sink().flush()) {
                flushWanted = true;
                select(sink()::resumeWrites);
            }
            return taken;
        } finally {
            unlock();
        }
    }

    @Override
    public void awaitWritable() {
        writeWanted = true;
        select(sink()::resumeWrites);
    }

    @Override
    public void shutdownOutput() {
        lock();
        try {
            sink().shutdownWrites();
            if (!sink().flush()) {
                flushWanted = true;
                select(sink()::resumeWrites);
            }
        } catch (IOException e) {
            // The connection is lost, which reading finds out.
            close();
        } finally {
            unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        IoUtils.safeClose(connection);
    }

    @Override
    public Executor workers() {
        return threads.workers();
    }

    @Override
    public boolean eventsMayBlock() {
        return false;
    }

    @Override
    public boolean onEngineThread() {
        return Thread.currentThread() instanceof XnioIoThread;
    }

    private ConduitStreamSourceChannel source() {
        return connection.getSourceChannel();
    }

    private ConduitStreamSinkChannel sink() {
        return connection.getSinkChannel();
    }
}
