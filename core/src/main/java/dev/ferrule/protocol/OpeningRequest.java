package dev.ferrule.protocol;

/**
 * The request of an opening handshake (RFC 6455 sections 4.1 and 4.2.1): as a client sends it, or as a server's engine
 * has parsed it.
 *
 * <p>Immutable. No part may be null, and none is checked here: {@link ServerHandshake#check} judges a request,
 * {@link ClientHandshake#request} makes a correct one. Its {@code toString} shows no query and no header's value.
 *
 * @param method the method, as on the wire
 * @param httpVersion the version of HTTP, as on the wire, such as {@code HTTP/1.1}
 * @param target the request target, as on the wire: nothing decoded or normalised
 * @param headers the header fields
 */
public record OpeningRequest(String method, String httpVersion, String target, Headers headers) {
    /**
     * The path of the target, for finding a route before anything is checked.
     *
     * @return as on the wire, without the query, and without scheme and authority if the target is absolute
     */
    public String path() {
        int mark = target.indexOf('?');
        String resource = mark < 0 ? target : target.substring(0, mark);
        int scheme = resource.startsWith("/") ? -1 : resource.indexOf("://");
        if (scheme < 0) {
            return resource;
        }
        int slash = resource.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : resource.substring(slash);
    }

    /**
     * The head of this request, for a transport that writes it itself.
     *
     * @return the request line, the fields and the empty line, in ISO 8859-1
     * @throws IllegalArgumentException if the method, the target or a field has what could break its line
     */
    public byte[] toBytes() {
        if (!FieldGrammar.isToken(method) || !httpVersion.equals(HandshakeFields.HTTP_1_1)) {
            throw new IllegalArgumentException("request line has " + FieldGrammar.shown(method) + " and "
                    + FieldGrammar.shown(httpVersion) + ", not a method and HTTP/1.1 (RFC 9112 section 3)");
        }
        RequestTarget.parse(target);
        return HandshakeFields.head(method + " " + target + " " + httpVersion, headers);
    }

    @Override
    public String toString() {
        return FieldGrammar.shown(method + " " + RequestTarget.withoutQuery(target)) + " " + headers;
    }
}
