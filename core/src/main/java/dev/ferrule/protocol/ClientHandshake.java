package dev.ferrule.protocol;

import static dev.ferrule.protocol.FieldGrammar.shown;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake as a client sees it (RFC 6455 section 4.1): it makes the request, and checks the response as
 * strictly as the RFC says and no more strictly.
 *
 * <p>Pure functions for any thread; no argument may be null except where said.
 */
public final class ClientHandshake {
    private ClientHandshake() {}

    /** What became of a handshake. */
    public sealed interface Result {}

    /**
     * The connection is open.
     *
     * @param subprotocol the subprotocol that the server chose of those offered; null for none
     * @param extensions the extensions that the server accepted of those offered, with their parameters, which the
     *     extension itself has yet to check
     */
    public record Accepted(@Nullable String subprotocol, List<Extension> extensions) implements Result {}

    /**
     * The client must fail the connection.
     *
     * @param reason what was wrong, with the section that says so; it quotes little of the response, on one line
     */
    public record Failed(String reason) implements Result {}

    /**
     * Refuses headers of an application that would speak for the handshake.
     *
     * @param extra headers to be sent behind those of the handshake
     * @throws IllegalArgumentException if one is the handshake's own, as {@link #request} says
     */
    public static void checkExtra(Headers extra) {
        HandshakeFields.requireUncontrolled(extra);
        if (extra.all(HandshakeFields.ORIGIN).size() > 1) {
            throw new IllegalArgumentException("Origin is there twice, at most once is allowed (RFC 6454 section 7.3)");
        }
    }

    /**
     * Makes the request.
     *
     * @param uri where to connect
     * @param key a key of {@link HandshakeKey#random}, fresh for each connection
     * @param subprotocols the subprotocols to offer, in the order of preference; may be empty
     * @param extensions the extensions to offer, in the order of preference; may be empty
     * @param extra headers of the application, such as {@code Origin} or cookies, sent behind those of the handshake
     * @return the request
     * @throws IllegalArgumentException if the key is not 16 bytes in base64, a subprotocol is not a token or stands there
     *     twice, there are several {@code Origin}s, or an extra header is the handshake's own: {@code Host},
     *     {@code Upgrade}, {@code Connection}, {@code Sec-WebSocket-*}, or one that frames a body
     */
    public static OpeningRequest request(
            WebSocketUri uri, String key, Collection<String> subprotocols, List<Extension> extensions, Headers extra) {
        String fault = HandshakeKey.fault(key);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        checkExtra(extra);
        Headers.Builder headers = Headers.builder()
                .add(HandshakeFields.HOST, uri.authority())
                .add(HandshakeFields.UPGRADE, HandshakeFields.WEBSOCKET)
                .add(HandshakeFields.CONNECTION, HandshakeFields.UPGRADE)
                .add(HandshakeFields.KEY, key)
                .add(HandshakeFields.VERSION, HandshakeFields.VERSION_13);
        List<String> offered = Subprotocols.of(subprotocols);
        if (!offered.isEmpty()) {
            headers.add(HandshakeFields.PROTOCOL, String.join(", ", offered));
        }
        if (!extensions.isEmpty()) {
            headers.add(HandshakeFields.EXTENSIONS, Extension.format(extensions));
        }
        return new OpeningRequest(
                "GET",
                HandshakeFields.HTTP_1_1,
                uri.resourceName(),
                headers.addAll(extra).build());
    }

    /**
     * Checks the final response; interim responses (100, 103) are not for here.
     *
     * <p>Where an engine makes the handshake itself and keeps the key, it has checked the {@code Sec-WebSocket-Accept}: pass
     * null, and all else is checked again.
     *
     * @param response the response
     * @param key the key that was sent; null to leave {@code Sec-WebSocket-Accept} alone
     * @param subprotocols the subprotocols that were offered
     * @param extensions the extensions that were offered
     * @return {@link Accepted} or {@link Failed}
     */
    public static Result check(
            OpeningResponse response,
            @Nullable String key,
            Collection<String> subprotocols,
            List<Extension> extensions) {
        Headers headers = response.headers();
        String fault = statusFault(response);
        if (fault == null) {
            fault = upgradeFault(headers);
        }
        if (fault == null) {
            fault = HandshakeFields.connectionFault(headers, "4.1");
        }
        if (fault == null && key != null) {
            fault = acceptFault(headers, key);
        }
        if (fault == null) {
            fault = subprotocolFault(headers, subprotocols);
        }
        if (fault != null) {
            return new Failed(fault);
        }
        List<Extension> accepted;
        try {
            accepted = Extension.parse(headers.all(HandshakeFields.EXTENSIONS));
        } catch (IllegalArgumentException e) {
            return new Failed(String.valueOf(e.getMessage()));
        }
        for (Extension extension : accepted) {
            if (!Extension.named(extensions, extension.name())) {
                return new Failed("server accepted the extension " + shown(extension.name())
                        + ", which was not offered (RFC 6455 section 4.1)");
            }
        }
        String subprotocol = headers.first(HandshakeFields.PROTOCOL);
        return new Accepted(subprotocol == null ? null : FieldGrammar.trimOws(subprotocol), accepted);
    }

    private static @Nullable String statusFault(OpeningResponse response) {
        if (response.status() != 101) {
            return "status is " + response.status() + ", not 101 (RFC 6455 section 4.1)";
        }
        // Section 4.1 asks it of the request alone; but HTTP/1.0 has no 101, so nobody can know who wrote this one.
        return response.httpVersion().equals(HandshakeFields.HTTP_1_1)
                ? null
                : "version of HTTP is " + shown(response.httpVersion()) + ", not HTTP/1.1 (RFC 9110 section 15.2)";
    }

    private static @Nullable String upgradeFault(Headers headers) {
        List<String> protocols = FieldGrammar.elements(headers.all(HandshakeFields.UPGRADE));
        for (String protocol : protocols) {
            if (!FieldGrammar.equalsIgnoreCase(protocol, HandshakeFields.WEBSOCKET)) {
                return "Upgrade has " + shown(protocol) + ", not websocket (RFC 6455 section 4.1)";
            }
        }
        return protocols.isEmpty() ? "there is no Upgrade, it must be websocket (RFC 6455 section 4.1)" : null;
    }

    private static @Nullable String acceptFault(Headers headers, String key) {
        List<String> accepts = headers.all(HandshakeFields.ACCEPT);
        if (accepts.size() != 1) {
            return "Sec-WebSocket-Accept is there " + accepts.size() + " times, not once (RFC 6455 section 11.3.3)";
        }
        String accept = FieldGrammar.trimOws(accepts.get(0));
        return accept.equals(HandshakeKey.accept(key))
                ? null
                : "Sec-WebSocket-Accept is " + shown(accept) + ", which doesn't answer the key (RFC 6455 section 4.1)";
    }

    private static @Nullable String subprotocolFault(Headers headers, Collection<String> offered) {
        List<String> chosen = headers.all(HandshakeFields.PROTOCOL);
        if (chosen.size() > 1) {
            return "Sec-WebSocket-Protocol is there " + chosen.size()
                    + " times, at most once is allowed (RFC 6455 section 11.3.4)";
        }
        if (chosen.isEmpty() || offered.contains(FieldGrammar.trimOws(chosen.get(0)))) {
            return null;
        }
        return "server chose the subprotocol " + shown(FieldGrammar.trimOws(chosen.get(0)))
                + ", which was not offered (RFC 6455 section 4.1)";
    }
}
