package dev.ferrule.protocol;

/**
 * A ws or wss URI (RFC 6455 section 3), normalised: scheme and host in lower case, the port filled in, an empty path made
 * a slash. Path and query stay as they are; nothing is encoded or decoded.
 *
 * <p>Immutable; no argument may be null. Its {@code toString} leaves the query out, which may hold a secret.
 *
 * @param secure true for wss, false for ws
 * @param host the host in lower case; an IPv6 address without brackets
 * @param port the port, from 1 to 65535
 * @param resourceName the path, and the query behind a question mark if there is one; begins with a slash
 */
public record WebSocketUri(boolean secure, String host, int port, String resourceName) {
    /**
     * Checks the parts, and puts the host into lower case.
     *
     * @param secure true for wss
     * @param host the host, in any case
     * @param port the port
     * @param resourceName path and query
     * @throws IllegalArgumentException if one is not as said above
     */
    public WebSocketUri {
        if (host.startsWith("[") || !(Authority.isHost(host) || Authority.isIpv6(host))) {
            throw new IllegalArgumentException(
                    "host of the URI is " + FieldGrammar.shown(host) + ", which is none (RFC 6455 section 3)");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port of the URI is " + port + ", not 1 to 65535 (RFC 6455 section 3)");
        }
        if (!resourceName.startsWith("/")) {
            throw new IllegalArgumentException("resource name begins with no slash (RFC 6455 section 3)");
        }
        RequestTarget.parseResource(resourceName, null);
        host = FieldGrammar.lowerCase(host);
    }

    /**
     * Reads a URI.
     *
     * @param text the URI, such as {@code wss://example.com/chat?room=1}; what is not ASCII must be percent-encoded
     * @return the URI, normalised
     * @throws IllegalArgumentException if the scheme is neither ws nor wss, there is no host, the port is none, there is
     *     user information or a fragment identifier, or path or query have what a URI can't
     */
    public static WebSocketUri parse(String text) {
        boolean secure = RequestTarget.hasScheme(text, "wss://");
        if (!secure && !RequestTarget.hasScheme(text, "ws://")) {
            throw new IllegalArgumentException("URI " + FieldGrammar.shown(RequestTarget.withoutQuery(text))
                    + " begins with neither ws:// nor wss:// (RFC 6455 section 3)");
        }
        int start = secure ? 6 : 5;
        int end = RequestTarget.endOfAuthority(text, start);
        String authorityText = text.substring(start, end);
        // Said by itself, and before anything of it is shown, as it may be a password.
        if (authorityText.indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "URI has user information, which ws and wss have not (RFC 6455 section 3)");
        }
        Authority authority = Authority.parse(authorityText);
        if (authority == null) {
            throw new IllegalArgumentException(
                    "URI has " + FieldGrammar.shown(authorityText) + " for host and port (RFC 6455 section 3)");
        }
        String host = authority.host();
        return new WebSocketUri(
                secure,
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                authority.portOr(defaultPort(secure)),
                RequestTarget.parseResource(text.substring(end), null).resource());
    }

    /**
     * What {@code Host} says of this URI (RFC 6455 section 4.1): the host, an IPv6 address in brackets, and the port
     * unless it is the scheme's own.
     *
     * @return host and perhaps port
     */
    public String authority() {
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == defaultPort(secure) ? bracketed : bracketed + ":" + port;
    }

    /** The URI without its query, of which only the question mark is left. */
    @Override
    public String toString() {
        return (secure ? "wss://" : "ws://") + authority() + RequestTarget.withoutQuery(resourceName);
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }
}
