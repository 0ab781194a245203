package dev.ferrule.testkit.wire;

/**
 * An opening handshake to send, right or wrong in any way. In the fields, {@code {host}} stands for the authority and
 * {@code {key}} for the connection's key; in the target, {@code {target}} for the path and query of the URL and
 * {@code {origin}} for scheme and authority.
 *
 * @param method the first word of the request line
 * @param target the second
 * @param version the third
 * @param fields the header lines
 */
public record RequestSpec(String method, String target, String version, Fields fields) {
    /** The minimal correct request. */
    public static final RequestSpec CORRECT = new RequestSpec(
            "GET",
            "{target}",
            "HTTP/1.1",
            Fields.of(
                    "Host", "{host}",
                    "Upgrade", "websocket",
                    "Connection", "Upgrade",
                    "Sec-WebSocket-Key", "{key}",
                    "Sec-WebSocket-Version", "13"));

    /**
     * {@return this request with another method}
     *
     * @param value the new value
     */
    public RequestSpec withMethod(String value) {
        return new RequestSpec(value, target, version, fields);
    }

    /**
     * {@return this request with another target}
     *
     * @param value the new value
     */
    public RequestSpec withTarget(String value) {
        return new RequestSpec(method, value, version, fields);
    }

    /**
     * {@return this request with another version of HTTP}
     *
     * @param value the new value
     */
    public RequestSpec withVersion(String value) {
        return new RequestSpec(method, target, value, fields);
    }

    /**
     * {@return this request with other header lines}
     *
     * @param value the new value
     */
    public RequestSpec withFields(Fields value) {
        return new RequestSpec(method, target, version, value);
    }

    /**
     * {@return this request with the value of one header replaced, or added}
     *
     * @param name the name of the header
     * @param value the new value
     */
    public RequestSpec with(String name, String value) {
        return withFields(fields.with(name, value));
    }

    /**
     * {@return this request with one more header line}
     *
     * @param name the name of the header
     * @param value the new value
     */
    public RequestSpec plus(String name, String value) {
        return withFields(fields.plus(name, value));
    }

    /**
     * {@return this request without the header}
     *
     * @param name the name of the header
     */
    public RequestSpec without(String name) {
        return withFields(fields.without(name));
    }

    /** The bytes of the request to this place with this key. */
    Bytes render(Place place, String key) {
        String head = method + " " + target + (version.isEmpty() ? "" : " " + version) + "\r\n" + fields.render();
        return Bytes.latin1(head.replace("{target}", place.target())
                        .replace("{origin}", place.origin())
                        .replace("{host}", place.authority())
                        .replace("{key}", key)
                + "\r\n");
    }
}
