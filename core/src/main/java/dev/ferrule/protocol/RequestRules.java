package dev.ferrule.protocol;

import static dev.ferrule.protocol.FieldGrammar.shown;

import dev.ferrule.protocol.ServerHandshake.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that a request must keep to be an opening handshake (RFC 6455 section 4.2.1), in the order of asking. */
final class RequestRules {
    private static final List<Rule> RULES = List.of(
            RequestRules::method,
            RequestRules::httpVersion,
            RequestRules::fieldSyntax,
            RequestRules::target,
            RequestRules::host,
            RequestRules::noBody,
            RequestRules::upgrade,
            RequestRules::connection,
            RequestRules::version,
            RequestRules::key,
            RequestRules::origin);

    private RequestRules() {}

    private interface Rule {
        @Nullable
        Refused refusal(OpeningRequest request);
    }

    static @Nullable Refused refusal(OpeningRequest request) {
        for (Rule rule : RULES) {
            Refused refused = rule.refusal(request);
            if (refused != null) {
                return refused;
            }
        }
        return null;
    }

    static Refused badRequest(String reason) {
        return new Refused(400, reason, Headers.empty());
    }

    private static @Nullable Refused method(OpeningRequest request) {
        if (request.method().equals("GET")) {
            return null;
        }
        return new Refused(
                405,
                "method is " + shown(request.method()) + ", not GET (RFC 6455 section 4.2.1)",
                Headers.builder().add("Allow", "GET").build());
    }

    /** Newer versions can't be upgraded, and engines answer them in as many ways; so exactly one version passes. */
    private static @Nullable Refused httpVersion(OpeningRequest request) {
        if (request.httpVersion().equals(HandshakeFields.HTTP_1_1)) {
            return null;
        }
        return new Refused(
                505,
                "version of HTTP is " + shown(request.httpVersion()) + ", not HTTP/1.1 (RFC 6455 section 4.2.1)",
                Headers.empty());
    }

    private static @Nullable Refused fieldSyntax(OpeningRequest request) {
        for (Header field : request.headers()) {
            String fault = FieldGrammar.receivingFault(field.name(), field.value());
            if (fault != null) {
                return badRequest(fault);
            }
        }
        return null;
    }

    private static @Nullable Refused target(OpeningRequest request) {
        try {
            RequestTarget.parse(request.target());
            return null;
        } catch (IllegalArgumentException e) {
            return badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Refused host(OpeningRequest request) {
        List<String> hosts = request.headers().all(HandshakeFields.HOST);
        if (hosts.size() != 1) {
            return badRequest("Host is there " + hosts.size() + " times, not once (RFC 9112 section 3.2)");
        }
        String host = FieldGrammar.trimOws(hosts.get(0));
        return Authority.parse(host) != null
                ? null
                : badRequest("Host is " + shown(host) + ", which is no host and port (RFC 9110 section 7.2)");
    }

    /** Who takes the bytes behind the head for a body, and who for frames, must never differ along the way. */
    private static @Nullable Refused noBody(OpeningRequest request) {
        if (request.headers().contains(HandshakeFields.TRANSFER_ENCODING)) {
            return badRequest("request has a Transfer-Encoding, a handshake has no body (RFC 9112 section 6)");
        }
        List<String> lengths = request.headers().all(HandshakeFields.CONTENT_LENGTH);
        if (lengths.isEmpty()
                || (lengths.size() == 1 && FieldGrammar.trimOws(lengths.get(0)).equals("0"))) {
            return null;
        }
        return badRequest("request has the Content-Length " + shown(lengths.get(0))
                + ", a handshake has no body (RFC 9112 section 6)");
    }

    private static @Nullable Refused upgrade(OpeningRequest request) {
        List<String> lines = request.headers().all(HandshakeFields.UPGRADE);
        List<String> protocols = FieldGrammar.elements(lines);
        for (String protocol : protocols) {
            int slash = protocol.indexOf('/');
            String name = slash < 0 ? protocol : protocol.substring(0, slash);
            if (!FieldGrammar.isToken(name) || (slash >= 0 && !FieldGrammar.isToken(protocol.substring(slash + 1)))) {
                return badRequest("Upgrade has " + shown(protocol) + ", which is no protocol (RFC 9110 section 7.8)");
            }
        }
        if (FieldGrammar.containsIgnoreCase(protocols, HandshakeFields.WEBSOCKET)) {
            return null;
        }
        String seen = lines.isEmpty() ? "there is no Upgrade" : "Upgrade is " + shown(lines.get(0));
        return new Refused(
                426,
                seen + ", it must have websocket (RFC 6455 section 4.2.1)",
                upgradeRequired().build());
    }

    private static @Nullable Refused connection(OpeningRequest request) {
        String fault = HandshakeFields.connectionFault(request.headers(), "4.2.1");
        return fault == null ? null : badRequest(fault);
    }

    private static @Nullable Refused version(OpeningRequest request) {
        List<String> versions = request.headers().all(HandshakeFields.VERSION);
        String version = versions.isEmpty() ? "" : FieldGrammar.trimOws(versions.get(0));
        if (versions.size() == 1 && version.equals(HandshakeFields.VERSION_13)) {
            return null;
        }
        Headers headers = upgradeRequired()
                .add(HandshakeFields.VERSION, HandshakeFields.VERSION_13)
                .build();
        return versions.size() > 1
                ? new Refused(
                        400,
                        "Sec-WebSocket-Version is there " + versions.size()
                                + " times, not once (RFC 6455 section 11.3.5)",
                        headers)
                : new Refused(
                        426,
                        (versions.isEmpty()
                                        ? "there is no Sec-WebSocket-Version"
                                        : "Sec-WebSocket-Version is " + shown(version))
                                + ", only 13 is spoken (RFC 6455 section 4.4)",
                        headers);
    }

    private static @Nullable Refused key(OpeningRequest request) {
        List<String> keys = request.headers().all(HandshakeFields.KEY);
        if (keys.size() != 1) {
            return badRequest(
                    "Sec-WebSocket-Key is there " + keys.size() + " times, not once (RFC 6455 section 11.3.1)");
        }
        String fault = HandshakeKey.fault(FieldGrammar.trimOws(keys.get(0)));
        return fault == null ? null : badRequest(fault);
    }

    /** 403 and not 400, as two Origins are tried to get past a rule for one. */
    private static @Nullable Refused origin(OpeningRequest request) {
        int origins = request.headers().all(HandshakeFields.ORIGIN).size();
        return origins <= 1
                ? null
                : new Refused(
                        403,
                        "Origin is there " + origins + " times, at most once is allowed (RFC 6454 section 7.3)",
                        Headers.empty());
    }

    /** What any 426 must have (RFC 9110 sections 7.8 and 15.5.22). */
    private static Headers.Builder upgradeRequired() {
        return Headers.builder()
                .add(HandshakeFields.UPGRADE, HandshakeFields.WEBSOCKET)
                .add(HandshakeFields.CONNECTION, HandshakeFields.UPGRADE);
    }
}
