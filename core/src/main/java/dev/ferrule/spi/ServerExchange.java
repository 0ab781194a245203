package dev.ferrule.spi;

import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that has reached an adapter, and the means to answer it. Core calls exactly one of {@link #respond} and
 * {@link #upgrade}, once, from any thread. The accessors answer until then.
 */
public interface ServerExchange {
    /**
     * The request line and header fields, as they were on the wire.
     *
     * @return with all duplicates, in their order
     */
    OpeningRequest request();

    /**
     * Where the peer is.
     *
     * @return its address, or {@code null} if the engine doesn't tell
     */
    @Nullable
    SocketAddress remoteAddress();

    /**
     * Whether the request came over TLS.
     *
     * @return true if so
     */
    boolean secure();

    /**
     * The TLS session.
     *
     * @return the session, or {@code null} if there is none, or the engine doesn't tell
     */
    @Nullable
    SSLSession tlsSession();

    /**
     * Whom the engine authenticated.
     *
     * @return the principal, or {@code null} if there is none
     */
    @Nullable
    Principal principal();

    /**
     * Threads of the engine that may block.
     *
     * @return an executor that never runs a task on its caller's stack
     */
    Executor workers();

    /**
     * Whether {@link Handshakes#handle} is called on a thread that may block.
     *
     * @return true if so; then acceptors run there
     */
    boolean mayBlock();

    /**
     * Answers without an upgrade, and closes the connection behind the response.
     *
     * @param status from 200 to 599
     * @param headers fields of the response; the adapter adds {@code Content-Length} and {@code Connection: close}
     * @param body the body, empty for none
     */
    void respond(int status, Headers headers, byte[] body);

    /**
     * Sends the 101 response, and hands the connection over: calls {@link Opening#overBytes} or
     * {@link Opening#overPieces} when it has left, or {@link Opening#lost} if it can't.
     *
     * @param headers all fields of the response
     * @param opening makes the connection
     */
    void upgrade(Headers headers, Opening opening);
}
