package dev.ferrule;

import dev.ferrule.protocol.CloseCode;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended, and why: the one terminal event of each connection.
 *
 * @param code the close code of RFC 6455 section 7.1.5: what the peer's Close frame said; 1005 if it had no code, 1006 if
 *     none came; after a failure that this endpoint found, the code of that failure
 * @param reason the reason that goes with the code, empty if there is none
 * @param initiator who ended the connection
 * @param clean whether both Close frames were exchanged (RFC 6455 section 7.1.4)
 * @param cause what was wrong, or {@code null} if nothing was
 */
public record CloseEvent(
        CloseCode code,
        String reason,
        Initiator initiator,
        boolean clean,
        @Nullable Throwable cause) {
    /** Who ended a connection. */
    public enum Initiator {
        /** This endpoint: its application, or Ferrule on finding that the peer broke a rule or a limit. */
        LOCAL,
        /** The peer, by a Close frame. */
        PEER,
        /** Nobody willingly: the transport was lost, or stood still for too long. */
        TRANSPORT
    }

    /** One line for a log: code, initiator, reason and cause, as far as there are any. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(code.toString())
                .append(" by ")
                .append(initiator)
                .append(clean ? ", clean" : ", not clean");
        if (!reason.isEmpty()) {
            text.append(", reason '").append(reason).append('\'');
        }
        if (cause != null) {
            text.append(", cause: ").append(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
        return text.toString();
    }
}
