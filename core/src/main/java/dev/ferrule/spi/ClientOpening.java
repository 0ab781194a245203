package dev.ferrule.spi;

import dev.ferrule.ConnectRequest;
import dev.ferrule.protocol.Headers;
import org.jspecify.annotations.Nullable;

/** An opening handshake that a client adapter is to make. Its methods may be called from any thread. */
public interface ClientOpening extends Opening {
    /**
     * What to ask for.
     *
     * @return the request
     */
    ConnectRequest request();

    /**
     * Says what the handshake agreed on, before the connection is bound.
     *
     * @param subprotocol one of those offered, or {@code null} for none
     */
    void agreed(@Nullable String subprotocol);

    /**
     * The server answered with something else than the 101 that was asked for.
     *
     * @param status of the response
     * @param headers of the response
     * @param body what is known of its body
     */
    void refused(int status, Headers headers, byte[] body);

    /**
     * There was no valid response.
     *
     * @param cause what went wrong
     */
    void failed(Throwable cause);
}
