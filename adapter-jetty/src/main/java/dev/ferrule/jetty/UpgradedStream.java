package dev.ferrule.jetty;

import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import dev.ferrule.spi.LeastRecentlyRead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an upgraded connection of Jetty. Its events come on the selector's own thread, and callbacks that may block
 * hop from there to the pool, once for all that a read brought. Jetty would have each event bring its own thread: with one
 * message at a time that cost a quarter more on 64 connections, and a fifth on thousands.
 */
final class UpgradedStream extends LeastRecentlyRead.Stream implements ByteTransport {
    private static final AtomicIntegerFieldUpdater<UpgradedStream> WRITING =
            AtomicIntegerFieldUpdater.newUpdater(UpgradedStream.class, "writing");
    /** Nothing is on its way; the next write may go out. */
    private static final int FREE = 0;
    /** Jetty is writing the byte that did not fit. */
    private static final int PENDING = 1;
    /** The same, and core waits for it. */
    private static final int AWAITED = 2;

    private final EndPoint endPoint;
    private final Executor workers;
    private final @Nullable LeastRecentlyRead order;
    private final Callback fillable = new Fillable();
    private final Callback flushed = new Flushed();
    /** For the usual write of a single buffer. */
    private final ByteBuffer[] single = {BufferUtil.EMPTY_BUFFER};

    private @Nullable ByteListener listener;
    /** What came right behind the handshake and has not been read yet. */
    private @Nullable ByteBuffer early;

    private volatile int writing;
    /** Jetty has written one byte more than core knows of: the next that core offers. */
    private boolean ahead;

    private volatile boolean closed;

    UpgradedStream(EndPoint endPoint, Executor workers, @Nullable LeastRecentlyRead order) {
        this.endPoint = endPoint;
        this.workers = workers;
        this.order = order;
    }

    /** The buffer is the stream's from now on. */
    void early(ByteBuffer bytes) {
        early = bytes;
    }

    void bind(ByteListener bound) {
        listener = bound;
    }

    void lost(Throwable cause) {
        ByteListener bound = listener;
        if (bound != null && !closed) {
            bound.lost(cause);
        }
    }

    // ------------------------------------------------------------------ reading

    @Override
    public int read(ByteBuffer to) throws IOException {
        ByteBuffer first = early;
        if (first != null) {
            return readEarly(first, to);
        }
        if (to.position() > 0 || to.limit() < to.capacity()) {
            ByteBuffer part = to.slice();
            int filled = read(part);
            to.position(to.position() + part.position());
            return filled;
        }
        // Jetty fills a buffer behind its limit, up to its capacity.
        to.limit(0);
        try {
            return endPoint.fill(to);
        } finally {
            to.position(to.limit()).limit(to.capacity());
        }
    }

    private int readEarly(ByteBuffer first, ByteBuffer to) {
        int n = Math.min(first.remaining(), to.remaining());
        to.put(to.position(), first, first.position(), n).position(to.position() + n);
        first.position(first.position() + n);
        early = first.hasRemaining() ? first : null;
        return n;
    }

    @Override
    public void awaitReadable() {
        ByteListener bound = listener;
        if (early != null && bound != null) {
            bound.readable();
            return;
        }
        // False if an event is being waited for already.
        endPoint.tryFillInterested(fillable);
        if (!endPoint.isOpen()) {
            // Nobody would tell: Jetty tells those who waited when it closed.
            lost(new ClosedChannelException());
        }
    }

    @Override
    protected void onTurn() {
        ByteListener bound = listener;
        if (bound != null && !closed) {
            bound.readable();
        }
    }

    private final class Fillable implements Callback {
        @Override
        public void succeeded() {
            if (order == null) {
                onTurn();
            } else {
                order.readable(UpgradedStream.this);
            }
        }

        @Override
        public void failed(Throwable failure) {
            lost(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    // ------------------------------------------------------------------ writing

    /**
     * Jetty tells when something can be written only behind a write of its own; so where a write stops short, Jetty is
     * given a copy of the next byte. Over TLS all bytes may have been taken and yet not have left; then it is given none,
     * and the last byte taken is withheld from core. So what core takes for written has left, and the stream can be closed.
     */
    @Override
    public long write(ByteBuffer[] from, int count) throws IOException {
        if (writing != FREE) {
            return 0;
        }
        long before = remaining(from, count);
        while (!flush(from, count)) {
            ByteBuffer rest = rest(from, count);
            writing = PENDING;
            endPoint.write(flushed, rest);
            if (writing != FREE) {
                break;
            }
        }
        return before - remaining(from, count);
    }

    private static long remaining(ByteBuffer[] buffers, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += buffers[i].remaining();
        }
        return bytes;
    }

    private boolean flush(ByteBuffer[] from, int count) throws IOException {
        if (ahead) {
            ahead = false;
            skipOne(from, count);
            if (remaining(from, count) == 0) {
                return true;
            }
        }
        if (count > 1) {
            return endPoint.flush(from.length == count ? from : Arrays.copyOf(from, count));
        }
        single[0] = from[0];
        boolean all = endPoint.flush(single);
        single[0] = BufferUtil.EMPTY_BUFFER;
        return all;
    }

    private static void skipOne(ByteBuffer[] from, int count) {
        for (int i = 0; i < count; i++) {
            if (from[i].hasRemaining()) {
                from[i].position(from[i].position() + 1);
                return;
            }
        }
    }

    private static ByteBuffer rest(ByteBuffer[] from, int count) {
        for (int i = 0; i < count; i++) {
            if (from[i].hasRemaining()) {
                return ByteBuffer.wrap(new byte[] {from[i].get(from[i].position())});
            }
        }
        ByteBuffer last = from[count - 1];
        last.position(last.position() - 1);
        return BufferUtil.EMPTY_BUFFER;
    }

    @Override
    public void awaitWritable() {
        if (!WRITING.compareAndSet(this, PENDING, AWAITED) && writing == FREE) {
            // It has become writable since. Not on this stack, where it could be said again and again.
            workers.execute(this::writable);
        }
    }

    private void writable() {
        ByteListener bound = listener;
        if (bound != null && !closed) {
            bound.writable();
        }
    }

    private final class Flushed implements Callback {
        @Override
        public void succeeded() {
            ahead = true;
            if (WRITING.getAndSet(UpgradedStream.this, FREE) == AWAITED) {
                writable();
            }
        }

        @Override
        public void failed(Throwable failure) {
            lost(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    // ------------------------------------------------------------------ ending

    @Override
    public void shutdownOutput() {
        endPoint.shutdownOutput();
    }

    @Override
    public void close() {
        closed = true;
        endPoint.close();
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
        return Invocable.isNonBlockingInvocation();
    }
}
