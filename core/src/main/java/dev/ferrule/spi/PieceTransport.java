package dev.ferrule.spi;

import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * A connection of an engine that speaks WebSocket itself. No method blocks.
 *
 * <p>Core writes one thing at a time: each write method returns true if the engine has taken it all, or false if it goes
 * on; then {@link PieceListener#written()} (or {@link PieceListener#lost}) follows, and core writes nothing before. Buffers
 * belong to the engine until then.
 */
public interface PieceTransport {
    /**
     * Writes a text message, or a fragment of one.
     *
     * @param text whole characters: no surrogate pair is cut
     * @param last whether the message ends with it
     * @return true if it is done
     */
    boolean text(String text, boolean last);

    /**
     * Writes a binary message, or a fragment of one.
     *
     * @param data the bytes; must be left as they are
     * @param last whether the message ends with it
     * @return true if it is done
     */
    boolean binary(ByteBuffer data, boolean last);

    /**
     * Writes a whole message whose payload is compressed, in one frame with RSV1 set; only after an extension was agreed on.
     *
     * @param text whether the message is a text
     * @param data the compressed bytes; must be left as they are
     * @return true if it is done
     * @throws UnsupportedOperationException if the engine can't
     */
    default boolean compressed(boolean text, ByteBuffer data) {
        throw new UnsupportedOperationException("the engine can't set RSV1");
    }

    /**
     * Writes a Ping.
     *
     * @param payload at most 125 bytes
     * @return true if it is done
     */
    boolean ping(ByteBuffer payload);

    /**
     * Writes a Pong.
     *
     * @param payload at most 125 bytes
     * @return true if it is done
     */
    boolean pong(ByteBuffer payload);

    /**
     * Writes a Close.
     *
     * @param code one that {@link #canClose} allows, or 1005 for none
     * @param reason at most 123 bytes of UTF-8
     * @return true if it is done
     */
    boolean close(CloseCode code, String reason);

    /**
     * Whether the engine can put a code on the wire.
     *
     * @param code one that may be sent, or 1005 for a Close without a code
     * @return false if 1008 must stand for it
     */
    default boolean canClose(CloseCode code) {
        return true;
    }

    /**
     * Whether the engine answers pings by itself.
     *
     * @return true if so; then core doesn't
     */
    boolean answersPings();

    /**
     * Ends the output (a FIN) behind a Close that has failed the connection, so that the peer needn't wait for TCP to be
     * dropped. Where the engine does so by itself, or can't, nothing.
     */
    default void shutdownOutput() {}

    /** Asks for one further event of the {@link PieceListener}; what the event before it lent is given back. */
    void request();

    /** Drops the connection; the listener hears no more. Any number of times. */
    void abort();

    /**
     * Threads of the engine that may block.
     *
     * @return an executor that never runs a task on its caller's stack
     */
    Executor workers();

    /**
     * Whether the events of the {@link PieceListener} come on threads that may block.
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
