package dev.ferrule;

import dev.ferrule.protocol.ClientHandshake;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.Subprotocols;
import dev.ferrule.protocol.WebSocketUri;
import java.net.URI;
import java.util.List;

/**
 * What a client asks for in its opening handshake (RFC 6455 section 4.1). Immutable: each method returns a new request.
 *
 * @param uri where to
 * @param subprotocols what is offered, in the order of preference
 * @param headers further fields, none of them of the handshake itself
 */
public record ConnectRequest(URI uri, List<String> subprotocols, Headers headers) {
    /**
     * Checks what goes on the wire.
     *
     * @param uri where to
     * @param subprotocols what is offered
     * @param headers further fields
     * @throws IllegalArgumentException if the URI is not a {@code ws} or {@code wss} URI without a fragment, a subprotocol
     *     is not a token or comes twice, or a field belongs to the handshake
     */
    public ConnectRequest {
        WebSocketUri.parse(uri.toString());
        subprotocols = Subprotocols.of(subprotocols);
        ClientHandshake.checkExtra(headers);
    }

    /**
     * A request without subprotocols or further fields.
     *
     * @param uri a {@code ws} or {@code wss} URI without a fragment
     * @return the request
     * @throws IllegalArgumentException if the URI is not one of a WebSocket
     */
    public static ConnectRequest to(URI uri) {
        return new ConnectRequest(uri, List.of(), Headers.empty());
    }

    /**
     * Offers subprotocols.
     *
     * @param offered unique tokens, in the order of preference
     * @return this request with these subprotocols instead of its own
     * @throws IllegalArgumentException if one is not a token or comes twice
     */
    public ConnectRequest subprotocols(String... offered) {
        return new ConnectRequest(uri, List.of(offered), headers);
    }

    /**
     * Adds a header field, for instance {@code Authorization} or {@code Origin}.
     *
     * @param name a token
     * @param value without line breaks
     * @return this request with one more field
     * @throws IllegalArgumentException if the name or the value may not stand in a header, or the field belongs to the
     *     handshake
     */
    public ConnectRequest header(String name, String value) {
        return new ConnectRequest(uri, subprotocols, headers.with(name, value));
    }
}
