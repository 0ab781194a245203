package dev.ferrule.spi;

/** What core wants to hear of a {@link ByteTransport}. Its methods don't throw. */
public interface ByteListener {
    /** The transport is wired up: the first event, once. Runs {@code onOpen} and begins to read. */
    void opened();

    /** What {@link ByteTransport#awaitReadable()} asked for: something can be read, the end of the stream for instance. */
    void readable();

    /** What {@link ByteTransport#awaitWritable()} asked for: something can be written. */
    void writable();

    /**
     * The connection is lost.
     *
     * @param cause what the engine says
     */
    void lost(Throwable cause);
}
