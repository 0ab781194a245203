package dev.ferrule.testkit.wire;

/** Which end of a connection an endpoint is. */
public enum Role {
    /** Sends the opening handshake and masks its frames. */
    CLIENT,
    /** Answers the opening handshake and never masks. */
    SERVER;

    /** {@return the role at the other end} */
    public Role peer() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
