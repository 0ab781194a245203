package dev.ferrule.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A host and perhaps a port (RFC 3986 sections 3.2.2 and 3.2.3), without user information, which neither Host, nor an
 * Origin, nor a ws URI may have.
 *
 * <p>Of a registered name only letters, digits and {@code - . _ ~} are taken. No name that can be resolved has more; and
 * the rest of RFC 3986 would pass two Hosts joined by a comma, and {@code *} in a list of origins.
 *
 * @param host in lower case; an IPv6 address in brackets
 * @param port from 1 to 65535, or {@link #NO_PORT}
 */
record Authority(String host, int port) {
    static final int NO_PORT = -1;

    /** The authority that this text is, or null if it is none. */
    static @Nullable Authority parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', bracket + 1);
        String host = colon < 0 ? text : text.substring(0, colon);
        if (!isHost(host)) {
            return null;
        }
        int port = NO_PORT;
        if (colon >= 0 && colon + 1 < text.length()) {
            port = parsePort(text, colon + 1);
            if (port == 0) {
                return null;
            }
        }
        return new Authority(FieldGrammar.lowerCase(host), port);
    }

    /** The port, or this one if none is given. */
    int portOr(int defaultPort) {
        return port == NO_PORT ? defaultPort : port;
    }

    /** As in a Host field. */
    @Override
    public String toString() {
        return port == NO_PORT ? host : host + ":" + port;
    }

    static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]") && isIpv6(host.substring(1, host.length() - 1));
        }
        for (int i = 0; i < host.length(); i++) {
            if (!RequestTarget.isUnreserved(host.charAt(i))) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    /** The port of the digits from there on, or 0. */
    private static int parsePort(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            if (!FieldGrammar.isDigit(text.charAt(i))) {
                return 0;
            }
            port = port * 10 + (text.charAt(i) - '0');
            if (port > 65535) {
                return 0;
            }
        }
        return port;
    }

    /** An IPv6 address (RFC 3986 section 3.2.2), without a zone, which means nothing to the other host. */
    static boolean isIpv6(String text) {
        boolean compressed = text.startsWith("::");
        int at = compressed ? 2 : 0;
        int groups = 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && FieldGrammar.isHexDigit(text.charAt(at))) {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '.') {
                groups += 2;
                return isIpv4(text.substring(start)) && (compressed ? groups < 8 : groups == 8);
            }
            if (at == start || at - start > 4) {
                return false;
            }
            groups++;
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at++) != ':' || at == text.length()) {
                return false;
            }
            if (text.charAt(at) == ':') {
                if (compressed) {
                    return false;
                }
                compressed = true;
                at++;
            }
        }
        return compressed ? groups < 8 : groups == 8;
    }

    private static boolean isIpv4(String text) {
        int octets = 0;
        int at = 0;
        while (at <= text.length()) {
            int dot = text.indexOf('.', at);
            int end = dot < 0 ? text.length() : dot;
            int octet = 0;
            for (int i = at; i < end; i++) {
                if (!FieldGrammar.isDigit(text.charAt(i)) || i - at == 3) {
                    return false;
                }
                octet = octet * 10 + (text.charAt(i) - '0');
            }
            if (end == at || octet > 255 || (end - at > 1 && text.charAt(at) == '0')) {
                return false;
            }
            octets++;
            at = end + 1;
        }
        return octets == 4;
    }
}
