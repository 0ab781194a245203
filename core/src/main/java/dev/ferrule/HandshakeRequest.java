package dev.ferrule;

import dev.ferrule.protocol.Headers;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The request of an opening handshake (RFC 6455 section 4.1). Immutable. */
public interface HandshakeRequest {
    /**
     * The path of the resource name, as it was on the wire: neither decoded nor normalised.
     *
     * @return begins with a slash
     */
    String path();

    /**
     * The query of the resource name, as it was on the wire.
     *
     * @return what follows the question mark, or {@code null} if there is none
     */
    @Nullable
    String query();

    /**
     * The header fields, in their order.
     *
     * @return as they were received; on a client those that it sent, as far as they are its own
     */
    Headers headers();

    /**
     * The value of a header field.
     *
     * @param name of the field, in any case
     * @return the first value, or {@code null} if there is no such field
     */
    default @Nullable String header(String name) {
        return headers().first(name);
    }

    /**
     * The cookies (RFC 6265 section 5.4).
     *
     * @return value by name, in their order; the first wins if a name comes twice
     */
    Map<String, String> cookies();

    /**
     * The subprotocols that the client offers.
     *
     * @return in the order of its preference
     */
    List<String> subprotocols();

    /**
     * The Origin that a browser states.
     *
     * @return the value of the field, or {@code null} if there is none
     */
    default @Nullable String origin() {
        return header("Origin");
    }

    /**
     * Where the peer is.
     *
     * @return its address, or {@code null} if the engine doesn't tell
     */
    @Nullable
    SocketAddress remoteAddress();

    /**
     * Whether the connection runs over TLS up to here.
     *
     * @return true for {@code wss}
     */
    boolean secure();

    /**
     * The TLS session.
     *
     * @return the session, or {@code null} without TLS, or if the engine doesn't tell
     */
    @Nullable
    SSLSession tlsSession();

    /**
     * Whom the engine, or the application's handlers before the handshake, authenticated.
     *
     * @return the principal, or {@code null} if there is none
     */
    @Nullable
    Principal principal();
}
