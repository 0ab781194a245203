package dev.ferrule.protocol;

import static dev.ferrule.protocol.FieldGrammar.shown;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request (RFC 9112 section 3.2) in one of the two forms that an opening handshake may have: the
 * resource name of RFC 6455 section 3, or an absolute http or https URI.
 *
 * @param path as on the wire, nothing decoded; begins with a slash
 * @param query as on the wire, without the question mark; null if there is no question mark
 * @param authority the host of an absolute URI; null for a resource name
 */
record RequestTarget(
        String path, @Nullable String query, @Nullable Authority authority) {
    private static final String PATH_SYMBOLS = "/:@!$&'()*+,;=";
    /** RFC 3986 leaves out the brackets, but browsers send them as they are ({@code ?id[]=1}) and engines take them. */
    private static final String QUERY_SYMBOLS = PATH_SYMBOLS + "?[]";

    /**
     * Takes a target apart.
     *
     * @throws IllegalArgumentException if it is neither form; the message is a whole sentence
     */
    static RequestTarget parse(String target) {
        if (target.startsWith("/")) {
            return parseResource(target, null);
        }
        int host = hasScheme(target, "http://") ? 7 : hasScheme(target, "https://") ? 8 : 0;
        if (host == 0) {
            throw new IllegalArgumentException("request target " + shown(withoutQuery(target))
                    + " is neither a resource name nor an absolute http or https URI (RFC 6455 section 4.2.1)");
        }
        int end = endOfAuthority(target, host);
        Authority authority = Authority.parse(target.substring(host, end));
        if (authority == null) {
            throw new IllegalArgumentException("request target has the authority " + shown(target.substring(host, end))
                    + ", which is no host and port (RFC 9110 section 4.2.1)");
        }
        return parseResource(target.substring(end), authority);
    }

    /** What follows an authority, or a resource name by itself; an empty path stands for the root. */
    static RequestTarget parseResource(String resource, @Nullable Authority authority) {
        if (resource.indexOf('#') >= 0) {
            throw new IllegalArgumentException("request target has a fragment identifier (RFC 6455 section 3)");
        }
        int mark = resource.indexOf('?');
        String path = mark < 0 ? resource : resource.substring(0, mark);
        String query = mark < 0 ? null : resource.substring(mark + 1);
        requireChars("path", path, PATH_SYMBOLS);
        if (query != null) {
            requireChars("query", query, QUERY_SYMBOLS);
        }
        return new RequestTarget(path.isEmpty() ? "/" : path, query, authority);
    }

    /** The index behind the authority that begins at {@code start}. */
    static int endOfAuthority(String text, int start) {
        int end = start;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Whether the text begins with this scheme, colon and slashes (schemes have no case, RFC 3986 section 3.1). */
    static boolean hasScheme(String text, String scheme) {
        return text.length() >= scheme.length()
                && FieldGrammar.equalsIgnoreCase(text.substring(0, scheme.length()), scheme);
    }

    static boolean isUnreserved(char c) {
        return FieldGrammar.isAlpha(c) || FieldGrammar.isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    }

    /** Queries carry tokens of users, so no message shows one. */
    static String withoutQuery(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark + 1);
    }

    /** A resource name again: path, question mark, query. */
    String resource() {
        return query == null ? path : path + "?" + query;
    }

    private static void requireChars(String part, String text, String symbols) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()
                        || !FieldGrammar.isHexDigit(text.charAt(i + 1))
                        || !FieldGrammar.isHexDigit(text.charAt(i + 2))) {
                    throw new IllegalArgumentException(part + " of the request target has a percent sign at index " + i
                            + " without two hexadecimal digits (RFC 3986 section 2.1)");
                }
            } else if (!isUnreserved(c) && symbols.indexOf(c) < 0) {
                throw new IllegalArgumentException(String.format(
                        "%s of the request target has U+%04X at index %d, which must be percent-encoded"
                                + " (RFC 3986 section 3)",
                        part, (int) c, i));
            }
        }
    }
}
