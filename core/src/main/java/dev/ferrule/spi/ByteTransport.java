package dev.ferrule.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * A stream of bytes in both directions, which an adapter makes of its engine's upgraded connection. No method blocks.
 *
 * <p>Core reads from one thread at a time and writes from one thread at a time, any threads, a reader beside a writer; it
 * may close at any time from any thread.
 */
public interface ByteTransport {
    /**
     * Reads what has arrived.
     *
     * @param to filled from its position on
     * @return how many bytes; 0 if nothing has arrived, -1 at the end of the stream
     * @throws IOException if the connection is lost
     */
    int read(ByteBuffer to) throws IOException;

    /** Asks for one {@link ByteListener#readable()}, as soon as a read wouldn't return 0: at once if there is something. */
    void awaitReadable();

    /**
     * Writes as much as the connection takes now.
     *
     * @param from the bytes, in order; their positions are advanced over what was taken, and no buffer is kept
     * @param count how many of the buffers are meant, from the first on
     * @return how many bytes were taken
     * @throws IOException if the connection is lost
     */
    long write(ByteBuffer[] from, int count) throws IOException;

    /** Asks for one {@link ByteListener#writable()}, as soon as a write would take something. */
    void awaitWritable();

    /** Ends the output (a FIN; over TLS a close_notify before it) behind what was written. What goes wrong is left alone. */
    void shutdownOutput();

    /** Drops the connection, in both directions; the listener hears no more. Any number of times. */
    void close();

    /**
     * Threads of the engine that may block.
     *
     * @return an executor that never runs a task on its caller's stack
     */
    Executor workers();

    /**
     * Whether {@link ByteListener#readable()} and {@link ByteListener#writable()} come on threads that may block.
     *
     * @return true if so; then callbacks of applications run there
     */
    boolean eventsMayBlock();

    /**
     * Whether the calling thread is one of the engine's that may never block, whatever runs on it.
     *
     * @return true if so; then {@code send} doesn't wait for room there
     */
    default boolean onEngineThread() {
        return false;
    }
}
