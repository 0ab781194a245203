package dev.ferrule.protocol;

/**
 * The head of the response of an opening handshake (RFC 6455 section 4.2.2): as a server sends it, or as a client's
 * engine has parsed it. An interim response (100, 103) is none.
 *
 * <p>Immutable. No part may be null, and none is checked here: {@link ClientHandshake#check} judges a response,
 * {@link ServerHandshake#accept} makes a correct one. Its {@code toString} shows no header's value.
 *
 * @param httpVersion the version of HTTP, as on the wire, such as {@code HTTP/1.1}
 * @param status the status code
 * @param headers the header fields
 */
public record OpeningResponse(String httpVersion, int status, Headers headers) {
    /**
     * A response of HTTP/1.1.
     *
     * @param status the status code
     * @param headers the header fields
     * @return the response
     */
    public static OpeningResponse of(int status, Headers headers) {
        return new OpeningResponse(HandshakeFields.HTTP_1_1, status, headers);
    }

    /**
     * The head of this response, for a transport that writes it itself.
     *
     * @return the status line, the fields and the empty line, in ISO 8859-1
     * @throws IllegalArgumentException if the version is not HTTP/1.1, the status is not of three digits, or a field has
     *     what could break its line
     */
    public byte[] toBytes() {
        if (!httpVersion.equals(HandshakeFields.HTTP_1_1) || status < 100 || status > 999) {
            throw new IllegalArgumentException("status line has " + FieldGrammar.shown(httpVersion) + " and " + status
                    + ", not HTTP/1.1 and a status of three digits (RFC 9112 section 4)");
        }
        // The phrase of any other status may be empty, and clients are to ignore it; its space may not be left out.
        String phrase = status == 101 ? "Switching Protocols" : "";
        return HandshakeFields.head(httpVersion + " " + status + " " + phrase, headers);
    }

    @Override
    public String toString() {
        return status + " " + headers;
    }
}
