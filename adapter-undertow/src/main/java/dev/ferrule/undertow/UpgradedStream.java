package dev.ferrule.undertow;

import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
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
 */
final class UpgradedStream implements ByteTransport, ChannelListener<Channel> {
    private final StreamConnection connection;
    private final ConduitStreamSourceChannel source;
    private final ConduitStreamSinkChannel sink;
    private final boolean tls;
    private final Executor workers;
    private @Nullable ByteListener listener;

    private volatile boolean readWanted;
    private volatile boolean writeWanted;
    /** TLS holds bytes that it has taken from us, and could not write. */
    private volatile boolean flushWanted;

    private volatile boolean closed;
    /** The I/O thread while it handles a read event. */
    private volatile @Nullable Thread reading;

    private boolean begun;

    UpgradedStream(StreamConnection connection, boolean tls, Executor workers) {
        this.connection = connection;
        this.source = connection.getSourceChannel();
        this.sink = connection.getSinkChannel();
        this.tls = tls;
        this.workers = workers;
    }

    void bind(ByteListener bound) {
        listener = bound;
        source.setReadListener(this);
        sink.setWriteListener(this);
        connection.setCloseListener(gone -> {
            if (!closed) {
                bound.lost(new ClosedChannelException());
            }
        });
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
        if (channel == source) {
            readEvent(bound);
        } else {
            writeEvent(bound);
        }
    }

    private void readEvent(ByteListener bound) {
        readWanted = false;
        reading = Thread.currentThread();
        bound.readable();
        reading = null;
        if (!readWanted) {
            source.suspendReads();
            if (readWanted) {
                // Asked for from another thread in between.
                source.resumeReads();
            }
        }
    }

    private void writeEvent(ByteListener bound) {
        sink.suspendWrites();
        try {
            if (flushWanted) {
                flushWanted = !sink.flush();
                if (flushWanted) {
                    sink.resumeWrites();
                    return;
                }
            }
        } catch (IOException e) {
            bound.lost(e);
            return;
        }
        if (writeWanted) {
            writeWanted = false;
            bound.writable();
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return source.read(to);
    }

    @Override
    public void awaitReadable() {
        readWanted = true;
        if (reading == Thread.currentThread()) {
            return;
        }
        if (begun) {
            source.resumeReads();
        } else {
            // What came right behind the handshake has been read already, and the selector doesn't know of it.
            begun = true;
            source.wakeupReads();
        }
    }

    @Override
    public long write(ByteBuffer[] from, int count) throws IOException {
        long taken = count == 1 ? sink.write(from[0]) : sink.write(from, 0, count);
        if (tls && !sink.flush()) {
            flushWanted = true;
            sink.resumeWrites();
        }
        return taken;
    }

    @Override
    public void awaitWritable() {
        writeWanted = true;
        sink.resumeWrites();
    }

    @Override
    public void shutdownOutput() {
        try {
            sink.shutdownWrites();
            if (!sink.flush()) {
                flushWanted = true;
                sink.resumeWrites();
            }
        } catch (IOException e) {
            // The connection is lost, which reading finds out.
            close();
        }
    }

    @Override
    public void close() {
        closed = true;
        IoUtils.safeClose(connection);
    }

    @Override
    public Executor workers() {
        return workers;
    }

    @Override
    public boolean eventsMayBlock() {
        return false;
    }

    @Override
    public boolean onEngineThread() {
        return Thread.currentThread() instanceof XnioIoThread;
    }
}
