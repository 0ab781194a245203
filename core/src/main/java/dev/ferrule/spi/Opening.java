package dev.ferrule.spi;

/** An opening handshake whose connection waits for its transport. Exactly one of its methods is called, once. */
public interface Opening {
    /**
     * Binds the connection to a stream of bytes.
     *
     * @param transport the stream, from the first byte behind the handshake on
     * @return gets the events of the transport; {@link ByteListener#opened} must come first
     */
    ByteListener overBytes(ByteTransport transport);

    /**
     * Binds the connection to an engine that speaks WebSocket itself.
     *
     * @param transport the engine's connection
     * @return gets the events of the transport; {@link PieceListener#opened} must come first
     */
    PieceListener overPieces(PieceTransport transport);

    /** The connection was lost before it could be bound. */
    void lost();
}
