package dev.ferrule.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake as a server sees it (RFC 6455 section 4.2): it checks a request by itself, whatever the engine
 * lets through, and makes the response.
 *
 * <p>Pure functions for any thread; no argument may be null except where said.
 */
public final class ServerHandshake {
    private ServerHandshake() {}

    /** What became of a request. */
    public sealed interface Result {}

    /**
     * A request that is no valid opening handshake. Answer it with this status and these headers, and end the connection:
     * what comes behind the request is neither frames nor another request (section 4.2.1).
     *
     * @param status the status of the response, 4xx or 5xx
     * @param reason what was wrong, with the section that says so; it quotes little of the request, on one line
     * @param headers what the response must have besides
     */
    public record Refused(int status, String reason, Headers headers) implements Result {}

    /**
     * A request that may be accepted.
     *
     * @param request the request
     * @param key its {@code Sec-WebSocket-Key}, without whitespace around it
     * @param authority the host and perhaps the port that it was sent to: of an absolute target, else of {@code Host}
     * @param path the path of the target as on the wire, nothing decoded; begins with a slash
     * @param query the query as on the wire, without the question mark; null if there is no question mark
     * @param origin its {@code Origin}, without whitespace around it and not checked; null if it has none
     * @param subprotocols the subprotocols offered, in the order of preference
     * @param extensions the extensions offered, in the order of preference
     */
    public record Valid(
            OpeningRequest request,
            String key,
            String authority,
            String path,
            @Nullable String query,
            @Nullable String origin,
            List<String> subprotocols,
            List<Extension> extensions)
            implements Result {
        /** As the request: no query, and no header's value. */
        @Override
        public String toString() {
            return request.toString();
        }
    }

    /**
     * Checks a request (section 4.2.1).
     *
     * <p>The rules are asked in this order, and the first that is broken decides: method, version of HTTP, syntax of the
     * header fields, target, {@code Host}, no body, {@code Upgrade}, {@code Connection}, {@code Sec-WebSocket-Version},
     * {@code Sec-WebSocket-Key}, at most one {@code Origin}, subprotocols, extensions. Whether the origin is welcome is
     * for an {@link OriginRule}.
     *
     * @param request the request
     * @return {@link Valid} or {@link Refused}
     */
    public static Result check(OpeningRequest request) {
        Refused refused = RequestRules.refusal(request);
        if (refused != null) {
            return refused;
        }
        Headers headers = request.headers();
        List<String> subprotocols;
        List<Extension> extensions;
        try {
            subprotocols = Subprotocols.parse(headers.all(HandshakeFields.PROTOCOL));
            extensions = Extension.parse(headers.all(HandshakeFields.EXTENSIONS));
        } catch (IllegalArgumentException e) {
            return RequestRules.badRequest(String.valueOf(e.getMessage()));
        }
        RequestTarget target = RequestTarget.parse(request.target());
        Authority authority = target.authority();
        return new Valid(
                request,
                trimmed(headers, HandshakeFields.KEY),
                authority == null ? trimmed(headers, HandshakeFields.HOST) : authority.toString(),
                target.path(),
                target.query(),
                headers.contains(HandshakeFields.ORIGIN) ? trimmed(headers, HandshakeFields.ORIGIN) : null,
                subprotocols,
                extensions);
    }

    /**
     * Makes the response that accepts a request (section 4.2.2).
     *
     * @param request the valid request
     * @param subprotocol the subprotocol to speak, spelled as offered; null for none
     * @param extensions the extensions to use, of those offered; may be empty
     * @param extra headers of the application, such as cookies, sent behind those of the handshake
     * @return a response with status 101
     * @throws IllegalArgumentException if the subprotocol or an extension was not offered, or if an extra header is the
     *     handshake's own: {@code Upgrade}, {@code Connection}, {@code Sec-WebSocket-*}, or one that frames a body
     */
    public static OpeningResponse accept(
            Valid request, @Nullable String subprotocol, List<Extension> extensions, Headers extra) {
        HandshakeFields.requireUncontrolled(extra);
        Headers.Builder headers = Headers.builder()
                .add(HandshakeFields.UPGRADE, HandshakeFields.WEBSOCKET)
                .add(HandshakeFields.CONNECTION, HandshakeFields.UPGRADE)
                .add(HandshakeFields.ACCEPT, HandshakeKey.accept(request.key()));
        if (subprotocol != null) {
            if (!request.subprotocols().contains(subprotocol)) {
                throw new IllegalArgumentException("subprotocol " + FieldGrammar.shown(subprotocol)
                        + " is not one that the client offered (RFC 6455 section 4.2.2)");
            }
            headers.add(HandshakeFields.PROTOCOL, subprotocol);
        }
        for (Extension extension : extensions) {
            if (!Extension.named(request.extensions(), extension.name())) {
                throw new IllegalArgumentException("extension " + FieldGrammar.shown(extension.name())
                        + " is not one that the client offered (RFC 6455 section 4.2.2)");
            }
        }
        if (!extensions.isEmpty()) {
            headers.add(HandshakeFields.EXTENSIONS, Extension.format(extensions));
        }
        return OpeningResponse.of(101, headers.addAll(extra).build());
    }

    /** The value of a field that a rule has found to be there. */
    private static String trimmed(Headers headers, String name) {
        return FieldGrammar.trimOws(requireNonNull(headers.first(name)));
    }
}
