package dev.ferrule.protocol;

/** Which side of a connection an endpoint is (RFC 6455 section 1.2): the client masks its frames, the server does not. */
public enum Role {
    /** Opens connections and masks every frame that it sends (RFC 6455 section 5.3). */
    CLIENT,
    /** Accepts connections and never masks (RFC 6455 section 5.1). */
    SERVER;

    /**
     * The role at the other end.
     *
     * @return the role of the peer
     */
    public Role peer() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
