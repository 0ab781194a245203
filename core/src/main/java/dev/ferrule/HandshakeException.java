package dev.ferrule;

import dev.ferrule.protocol.Headers;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An opening handshake of a client failed; no endpoint hears of it. */
public final class HandshakeException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** The status of the response, or 0. */
    private final int status;

    private final transient Headers headers;
    /** The beginning of the body. */
    private final byte[] body;

    /**
     * A handshake that the server refused.
     *
     * @param message what was wrong
     * @param status the status of the response
     * @param headers its fields
     * @param body what is known of its body, bounded
     */
    public HandshakeException(String message, int status, Headers headers, byte[] body) {
        super(message);
        this.status = status;
        this.headers = headers;
        this.body = body.clone();
    }

    /**
     * A handshake that failed without a response.
     *
     * @param message what was wrong
     * @param cause what the engine said, or {@code null}
     */
    public HandshakeException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.headers = Headers.empty();
        this.body = new byte[0];
    }

    /**
     * The status of the response.
     *
     * @return the status, or 0 if there was no response
     */
    public int status() {
        return status;
    }

    /**
     * The header fields of the response.
     *
     * @return as received; empty if there was no response
     */
    @SuppressWarnings("NullAway") // null only after deserialisation
    public Headers headers() {
        return headers == null ? Headers.empty() : headers;
    }

    /**
     * The beginning of the body of the response, as far as the engine hands it out.
     *
     * @return a copy, empty if there is none
     */
    public byte[] body() {
        return body.clone();
    }
}
