package dev.ferrule;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A message was not sent; the message of the exception says why. */
public final class SendException extends RuntimeException {
    /** Why a message was not sent. */
    public enum Reason {
        /** The connection is closing or has ended, or did so before the message had left. */
        NOT_OPEN,
        /** The send queue has no room for it. */
        QUEUE_FULL,
        /** The {@link SendPolicy} has dropped it. */
        DROPPED
    }

    @Serial
    private static final long serialVersionUID = 1;

    /** Why the message was not sent. */
    private final Reason reason;

    /**
     * A send that failed.
     *
     * @param reason why
     * @param message what was seen, and the limit
     * @param cause what ended the connection, if that is the reason and it is known
     */
    public SendException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Why the message was not sent.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
