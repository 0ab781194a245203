package dev.ferrule;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Opens connections, on whichever engine its adapter binds. All methods may be called from any thread. */
public interface Client extends AutoCloseable {
    /**
     * Opens a connection.
     *
     * @param request where to, and with what
     * @param endpoint gets the events of the connection, unless the handshake fails
     * @return completes when the connection is open, or exceptionally with a {@link HandshakeException} that has the
     *     response if there was one; within {@link Limits#handshakeTimeout()} in any case
     */
    CompletionStage<Connection> connect(ConnectRequest request, Endpoint endpoint);

    /**
     * Opens a connection.
     *
     * @param uri a {@code ws} or {@code wss} URI without a fragment
     * @param endpoint gets the events of the connection, unless the handshake fails
     * @return as {@link #connect(ConnectRequest, Endpoint)}
     * @throws IllegalArgumentException if the URI is not one of a WebSocket
     */
    default CompletionStage<Connection> connect(URI uri, Endpoint endpoint) {
        return connect(ConnectRequest.to(uri), endpoint);
    }

    /** Drops the connections that are still open, and releases the engine. */
    @Override
    void close();
}
