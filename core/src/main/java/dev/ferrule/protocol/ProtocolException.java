package dev.ferrule.protocol;

import java.io.Serial;

/**
 * The peer broke a rule, and the connection is to be failed (RFC 6455 section 7.1.7) with {@link #code()}.
 *
 * <p>The message says what was seen, the limit and the section; it is for logs and for the cause of a close event, and is
 * never sent to the peer.
 */
public final class ProtocolException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** The close code. */
    private final int code;

    /**
     * A violation.
     *
     * @param code the close code to fail the connection with
     * @param message what was seen, the limit and the section
     */
    public ProtocolException(CloseCode code, String message) {
        super(message);
        this.code = code.value();
    }

    static ProtocolException protocolError(String message) {
        return new ProtocolException(CloseCode.PROTOCOL_ERROR, message);
    }

    /**
     * The close code to fail the connection with.
     *
     * @return one of 1002, 1007, 1008, 1009
     */
    public CloseCode code() {
        return CloseCode.of(code);
    }
}
