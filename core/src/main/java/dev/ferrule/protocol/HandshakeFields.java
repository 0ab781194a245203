package dev.ferrule.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header fields of an opening handshake by name, and how a head of them is written. */
final class HandshakeFields {
    static final String HOST = "Host";
    static final String UPGRADE = "Upgrade";
    static final String CONNECTION = "Connection";
    static final String ORIGIN = "Origin";
    static final String CONTENT_LENGTH = "Content-Length";
    static final String TRANSFER_ENCODING = "Transfer-Encoding";
    static final String KEY = "Sec-WebSocket-Key";
    static final String ACCEPT = "Sec-WebSocket-Accept";
    static final String VERSION = "Sec-WebSocket-Version";
    static final String PROTOCOL = "Sec-WebSocket-Protocol";
    static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    /** The one HTTP version that can be upgraded: older ones have no Upgrade, newer ones go by RFC 8441 or 9220. */
    static final String HTTP_1_1 = "HTTP/1.1";
    /** The one version of the protocol that is spoken (RFC 6455 section 4.1). */
    static final String VERSION_13 = "13";
    /** The protocol's name in Upgrade (RFC 6455 section 11.2). */
    static final String WEBSOCKET = "websocket";

    private static final String PREFIX = "Sec-WebSocket-";
    private static final List<String> CONTROLLED = List.of(
            HOST, UPGRADE, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING, "Trailer", "TE", "Keep-Alive", "Expect");

    private HandshakeFields() {}

    /** Refuses extra headers that would speak for the handshake, or that frame a body, which a handshake has not. */
    static void requireUncontrolled(Headers extra) {
        for (Header field : extra) {
            String name = field.name();
            if (FieldGrammar.containsIgnoreCase(CONTROLLED, name)
                    || (name.length() >= PREFIX.length()
                            && FieldGrammar.equalsIgnoreCase(name.substring(0, PREFIX.length()), PREFIX))) {
                throw new IllegalArgumentException(
                        "header " + name + " is written by the opening handshake itself (RFC 6455 section 4)");
            }
        }
    }

    /** What is wrong with the Connection field of a handshake, or null (RFC 6455 sections 4.1 and 4.2.1). */
    static @Nullable String connectionFault(Headers headers, String section) {
        List<String> options = FieldGrammar.elements(headers.all(CONNECTION));
        for (String option : options) {
            if (!FieldGrammar.isToken(option)) {
                return "Connection has " + FieldGrammar.shown(option)
                        + ", which is not a token (RFC 9110 section 7.6.1)";
            }
        }
        if (!FieldGrammar.containsIgnoreCase(options, UPGRADE)) {
            return "Connection lacks the option Upgrade (RFC 6455 section " + section + ")";
        }
        return null;
    }

    /**
     * A head as bytes. Every line is checked once more, as headers may have come from {@link Headers#received}.
     *
     * @throws IllegalArgumentException if a line would break
     */
    static byte[] head(String startLine, Headers headers) {
        StringBuilder head = new StringBuilder(256).append(startLine).append("\r\n");
        for (Header field : headers) {
            String fault = FieldGrammar.sendingFault(field.name(), field.value());
            if (fault != null) {
                throw new IllegalArgumentException(fault);
            }
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
