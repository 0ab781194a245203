package dev.ferrule.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A web origin: scheme, host and port (RFC 6454 sections 4 and 7.1), as a browser names it in {@code Origin} (RFC 6455
 * section 10.2).
 *
 * <p>Two origins are equal if all three are, and there is no other relation between them: no suffix, no pattern, no
 * trailing dot. Immutable; no argument may be null.
 *
 * @param scheme the scheme in lower case
 * @param host the host in lower case, an IPv6 address in brackets
 * @param port the port from 1 to 65535, the scheme's own if none was given; -1 if the scheme has none
 */
public record Origin(String scheme, String host, int port) {
    private static final String SEPARATOR = "://";

    /**
     * Puts scheme and host into lower case and fills in the port.
     *
     * @param scheme the scheme, in any case
     * @param host the host, in any case
     * @param port the port, or -1 for the scheme's own
     * @throws IllegalArgumentException if one of the three is not as RFC 3986 section 3 has it
     */
    public Origin {
        if (!isScheme(scheme) || !Authority.isHost(host) || port < Authority.NO_PORT || port == 0 || port > 65535) {
            throw new IllegalArgumentException("origin is of scheme " + FieldGrammar.shown(scheme) + ", host "
                    + FieldGrammar.shown(host) + " and port " + port + " (RFC 6454 section 4)");
        }
        scheme = FieldGrammar.lowerCase(scheme);
        host = FieldGrammar.lowerCase(host);
        port = port == Authority.NO_PORT ? defaultPort(scheme) : port;
    }

    /**
     * Reads one serialized origin, such as {@code https://example.com:8443} (RFC 6454 section 7.1).
     *
     * @param text the origin, with nothing behind host and port: no slash, no path
     * @return the origin
     * @throws IllegalArgumentException if it is anything else: a list, {@code null}, a pattern, an URI with user
     *     information or a path
     */
    public static Origin parse(String text) {
        Origin origin = parseOrNull(text);
        if (origin == null) {
            throw new IllegalArgumentException(
                    "origin " + FieldGrammar.shown(text) + " is not scheme://host[:port] (RFC 6454 section 7.1)");
        }
        return origin;
    }

    /** As {@link #parse}, but null for what is no origin: a peer's mistake costs no exception. */
    static @Nullable Origin parseOrNull(String text) {
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0 || !isScheme(text.substring(0, separator))) {
            return null;
        }
        Authority authority = Authority.parse(text.substring(separator + SEPARATOR.length()));
        return authority == null ? null : new Origin(text.substring(0, separator), authority.host(), authority.port());
    }

    /**
     * Whether a page of this origin asks its own server.
     *
     * @param hostHeader the host and perhaps port that the request was sent to, as in {@code Host}
     * @param secure whether the request came over TLS, so that its origin is of https and not of http
     * @return true if scheme, host and port are the same; false also if {@code hostHeader} is no host and port
     */
    public boolean sameAs(String hostHeader, boolean secure) {
        Authority authority = Authority.parse(hostHeader);
        return authority != null
                && scheme.equals(secure ? "https" : "http")
                && host.equals(authority.host())
                && port == authority.portOr(defaultPort(scheme));
    }

    /** The serialized origin, without the scheme's own port (RFC 6454 section 6.2). */
    @Override
    public String toString() {
        return scheme + SEPARATOR + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }

    private static boolean isScheme(String text) {
        if (text.isEmpty() || !FieldGrammar.isAlpha(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!FieldGrammar.isAlpha(c) && !FieldGrammar.isDigit(c) && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> Authority.NO_PORT;
        };
    }
}
