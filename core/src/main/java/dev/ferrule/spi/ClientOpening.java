package dev.ferrule.spi;

import dev.ferrule.ConnectRequest;
import dev.ferrule.HandshakeException;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.Headers;
import java.util.List;
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
     * The extensions to offer, for an engine that hands RSV1 through in both directions; others offer none.
     *
     * @return in the order of preference; empty if there is none
     */
    List<Extension> extensions();

    /**
     * Says what the handshake agreed on, before the connection is bound.
     *
     * @param subprotocol one of those offered, or {@code null} for none
     * @param accepted the extensions that the server accepted, each one of those offered
     * @throws HandshakeException if the server accepted an extension in a way in which it was not offered; then the
     *     handshake has failed
     */
    void agreed(@Nullable String subprotocol, List<Extension> accepted) throws HandshakeException;

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
