package dev.ferrule.testkit.wire;

import java.util.Locale;

/**
 * An answer to an opening handshake, right or wrong in any way. In the fields, {@code {accept}} stands for the value
 * that belongs to the client's key, {@code {accept-cut}} for that without its padding and {@code {accept-lower}} for
 * that
 * in lower case.
 *
 * @param statusLine the whole first line
 * @param fields the header lines
 * @param body what follows the head; frames may too, see the runner
 */
public record ResponseSpec(String statusLine, Fields fields, String body) {
    /** The minimal correct answer. */
    public static final ResponseSpec CORRECT = new ResponseSpec(
            "HTTP/1.1 101 Switching Protocols",
            Fields.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", "{accept}"),
            "");

    /**
     * {@return an ordinary HTTP answer with a short body}
     *
     * @param statusAndReason the end of the status line
     */
    public static ResponseSpec status(String statusAndReason) {
        return new ResponseSpec(
                "HTTP/1.1 " + statusAndReason,
                Fields.of("Content-Type", "text/plain", "Content-Length", "3", "Connection", "close"),
                "no\n");
    }

    /**
     * {@return this answer with another status line}
     *
     * @param value the new value
     */
    public ResponseSpec withStatusLine(String value) {
        return new ResponseSpec(value, fields, body);
    }

    /**
     * {@return this answer with the value of one header replaced, or added}
     *
     * @param name the name of the header, in any case
     * @param value the new value
     */
    public ResponseSpec with(String name, String value) {
        return new ResponseSpec(statusLine, fields.with(name, value), body);
    }

    /**
     * {@return this answer with one more header line}
     *
     * @param name the name of the header, in any case
     * @param value the new value
     */
    public ResponseSpec plus(String name, String value) {
        return new ResponseSpec(statusLine, fields.plus(name, value), body);
    }

    /**
     * {@return this answer without the header}
     *
     * @param name the name of the header, in any case
     */
    public ResponseSpec without(String name) {
        return new ResponseSpec(statusLine, fields.without(name), body);
    }

    /**
     * {@return the bytes of the answer to a request with this key}
     *
     * @param key the Sec-WebSocket-Key
     */
    public Bytes render(String key) {
        String accept = AcceptKey.of(key);
        String lines = fields.render()
                .replace("{accept}", accept)
                .replace("{accept-cut}", accept.substring(0, accept.length() - 1))
                .replace("{accept-lower}", accept.toLowerCase(Locale.ROOT));
        return Bytes.latin1(statusLine + "\r\n" + lines + "\r\n" + body);
    }
}
