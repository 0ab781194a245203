package dev.ferrule.connection;

import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A stream in memory: hands out the segments that the test feeds, one per read, takes as many bytes as the test allows,
 * and records what it is asked for. Its events come on the thread that feeds or that allows more.
 */
final class ScriptedTransport implements ByteTransport {
    private final Executor executor;
    private final boolean eventsMayBlock;
    private final Deque<byte[]> input = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicBoolean reading = new AtomicBoolean();
    private final AtomicBoolean writing = new AtomicBoolean();
    private @Nullable ByteListener listener;
    private @Nullable IOException failure;
    private boolean ended;
    private boolean readAwaited;
    private boolean writeAwaited;
    private long allowance = Long.MAX_VALUE;

    /** How much one write takes at most. */
    volatile int perWrite = Integer.MAX_VALUE;

    /** Whether the thread of the test is an engine's that may never block. */
    boolean onEngineThread;

    int reads;
    int writes;
    /** Of all writes together. */
    int buffers;

    int writeAwaits;
    boolean outputEnded;
    volatile boolean closed;
    /** Happens in the next write, once. */
    @Nullable
    Runnable duringWrite;
    /** In the order in which they happened. */
    final List<String> calls = new ArrayList<>();

    ScriptedTransport(Executor executor, boolean eventsMayBlock) {
        this.executor = executor;
        this.eventsMayBlock = eventsMayBlock;
    }

    void listener(ByteListener to) {
        listener = to;
    }

    // ------------------------------------------------------------------ the test's side

    /** The peer's bytes arrive, each segment for one read. */
    void feed(byte[]... segments) {
        synchronized (this) {
            for (byte[] segment : segments) {
                input.add(segment);
            }
        }
        tellReadable();
    }

    /** The peer ends its output. */
    void feedEnd() {
        synchronized (this) {
            ended = true;
        }
        tellReadable();
    }

    /** The next read and the next write fail. */
    void breakDown(IOException cause) {
        synchronized (this) {
            failure = cause;
        }
        tellReadable();
    }

    /** From now on it takes nothing but what {@link #allow} allows. */
    synchronized void takeNothing() {
        allowance = 0;
    }

    /** Takes some more bytes, and says so if that is awaited. */
    void allow(long bytes) {
        boolean tell;
        synchronized (this) {
            allowance = bytes == Long.MAX_VALUE ? bytes : allowance + bytes;
            tell = writeAwaited && allowance > 0;
            writeAwaited &= !tell;
        }
        if (tell) {
            listener.writable();
        }
    }

    void allowAll() {
        allow(Long.MAX_VALUE);
    }

    private void tellReadable() {
        boolean tell;
        synchronized (this) {
            tell = readAwaited && !closed;
            readAwaited &= !tell;
        }
        if (tell) {
            listener.readable();
        }
    }

    synchronized byte[] written() {
        return written.toByteArray();
    }

    synchronized boolean readAwaited() {
        return readAwaited;
    }

    synchronized int unread() {
        return input.stream().mapToInt(segment -> segment.length).sum();
    }

    // ------------------------------------------------------------------ core's side

    @Override
    public int read(ByteBuffer to) throws IOException {
        alone(reading);
        try {
            synchronized (this) {
                reads++;
                check();
                byte[] segment = input.poll();
                if (segment == null) {
                    return ended ? -1 : 0;
                }
                int n = Math.min(to.remaining(), segment.length);
                to.put(segment, 0, n);
                if (n < segment.length) {
                    input.addFirst(Arrays.copyOfRange(segment, n, segment.length));
                }
                return n;
            }
        } finally {
            reading.set(false);
        }
    }

    private void check() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void alone(AtomicBoolean busy) {
        if (!busy.compareAndSet(false, true)) {
            throw new AssertionError("two threads at once");
        }
    }

    @Override
    public void awaitReadable() {
        synchronized (this) {
            readAwaited = true;
            if (input.isEmpty() && !ended && failure == null) {
                return;
            }
        }
        executor.execute(this::tellReadable);
    }

    @Override
    public long write(ByteBuffer[] from, int count) throws IOException {
        alone(writing);
        try {
            Runnable meanwhile = duringWrite;
            duringWrite = null;
            if (meanwhile != null) {
                meanwhile.run();
            }
            synchronized (this) {
                writes++;
                buffers += count;
                check();
                long room = Math.min(allowance, perWrite);
                long total = 0;
                for (int i = 0; i < count && total < room; i++) {
                    byte[] taken = new byte[(int) Math.min(from[i].remaining(), room - total)];
                    from[i].get(taken);
                    written.writeBytes(taken);
                    total += taken.length;
                }
                allowance -= allowance == Long.MAX_VALUE ? 0 : total;
                return total;
            }
        } finally {
            writing.set(false);
        }
    }

    @Override
    public void awaitWritable() {
        synchronized (this) {
            writeAwaits++;
            writeAwaited = true;
            if (allowance == 0) {
                return;
            }
        }
        executor.execute(() -> allow(0));
    }

    @Override
    public synchronized void shutdownOutput() {
        outputEnded = true;
        calls.add("shutdownOutput");
    }

    @Override
    public synchronized void close() {
        closed = true;
        calls.add("close");
    }

    @Override
    public Executor workers() {
        return executor;
    }

    @Override
    public boolean eventsMayBlock() {
        return eventsMayBlock;
    }

    @Override
    public boolean onEngineThread() {
        return onEngineThread;
    }
}
