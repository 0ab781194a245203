package dev.ferrule.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A close code (RFC 6455 section 7.4): a number from 0 to 65535, with the name that the IANA registry of 2026-06-10
 * gives it.
 *
 * <p>The constants are all codes that the registry assigns below 3000; codes from 3000 to 4999 are for libraries and
 * applications, and come from {@link #of}. Instances are immutable and compared by {@link #value()}.
 */
public final class CloseCode {
    /** 1000: the purpose for which the connection was made has been fulfilled. */
    public static final CloseCode NORMAL_CLOSURE = new CloseCode(1000, "NORMAL_CLOSURE");
    /** 1001: a server goes down, or a browser leaves the page. */
    public static final CloseCode GOING_AWAY = new CloseCode(1001, "GOING_AWAY");
    /** 1002: a protocol error. */
    public static final CloseCode PROTOCOL_ERROR = new CloseCode(1002, "PROTOCOL_ERROR");
    /** 1003: a type of data that the endpoint can't accept. */
    public static final CloseCode UNSUPPORTED_DATA = new CloseCode(1003, "UNSUPPORTED_DATA");
    /** 1005: reported when the peer's Close frame had no code; never on the wire. */
    public static final CloseCode NO_STATUS_RECEIVED = new CloseCode(1005, "NO_STATUS_RECEIVED");
    /** 1006: reported when the connection ended without a Close frame; never on the wire. */
    public static final CloseCode ABNORMAL_CLOSURE = new CloseCode(1006, "ABNORMAL_CLOSURE");
    /** 1007: data not consistent with its type, such as text that is not UTF-8. */
    public static final CloseCode INVALID_FRAME_PAYLOAD_DATA = new CloseCode(1007, "INVALID_FRAME_PAYLOAD_DATA");
    /** 1008: a policy was violated, and no other code fits. */
    public static final CloseCode POLICY_VIOLATION = new CloseCode(1008, "POLICY_VIOLATION");
    /** 1009: a message too big to process. */
    public static final CloseCode MESSAGE_TOO_BIG = new CloseCode(1009, "MESSAGE_TOO_BIG");
    /** 1010: a client misses an extension that the server did not agree to. */
    public static final CloseCode MANDATORY_EXTENSION = new CloseCode(1010, "MANDATORY_EXTENSION");
    /** 1011: an unexpected condition prevented the request from being fulfilled. */
    public static final CloseCode INTERNAL_ERROR = new CloseCode(1011, "INTERNAL_ERROR");
    /** 1012: the service restarts. */
    public static final CloseCode SERVICE_RESTART = new CloseCode(1012, "SERVICE_RESTART");
    /** 1013: the service is overloaded; try again later. */
    public static final CloseCode TRY_AGAIN_LATER = new CloseCode(1013, "TRY_AGAIN_LATER");
    /** 1014: a gateway got an invalid response from upstream. */
    public static final CloseCode BAD_GATEWAY = new CloseCode(1014, "BAD_GATEWAY");
    /** 1015: reported when TLS failed; never on the wire. */
    public static final CloseCode TLS_HANDSHAKE = new CloseCode(1015, "TLS_HANDSHAKE");

    private static final CloseCode[] NAMED = {
        NORMAL_CLOSURE,
        GOING_AWAY,
        PROTOCOL_ERROR,
        UNSUPPORTED_DATA,
        new CloseCode(1004, "RESERVED"),
        NO_STATUS_RECEIVED,
        ABNORMAL_CLOSURE,
        INVALID_FRAME_PAYLOAD_DATA,
        POLICY_VIOLATION,
        MESSAGE_TOO_BIG,
        MANDATORY_EXTENSION,
        INTERNAL_ERROR,
        SERVICE_RESTART,
        TRY_AGAIN_LATER,
        BAD_GATEWAY,
        TLS_HANDSHAKE
    };

    private final int value;
    private final String name;

    private CloseCode(int value, String name) {
        this.value = value;
        this.name = name;
    }

    /**
     * The close code of this value, whether or not it may stand in a frame.
     *
     * @param value from 0 to 65535
     * @return the code
     * @throws IllegalArgumentException if the value doesn't fit in two bytes
     */
    public static CloseCode of(int value) {
        if (value >= 1000 && value - 1000 < NAMED.length) {
            return NAMED[value - 1000];
        }
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException(
                    "close code is " + value + ", it has two bytes: 0 to 65535 (RFC 6455 section 5.5.1)");
        }
        return new CloseCode(value, value >= 3000 && value < 5000 ? "APPLICATION" : "UNASSIGNED");
    }

    /**
     * The number.
     *
     * @return a value from 0 to 65535
     */
    public int value() {
        return value;
    }

    /**
     * The name in the IANA registry, in upper case with underscores.
     *
     * @return the name; {@code APPLICATION} from 3000 to 4999, {@code RESERVED} for 1004, {@code UNASSIGNED} otherwise
     */
    public String name() {
        return name;
    }

    /**
     * Whether a peer may put this code in a Close frame (RFC 6455 sections 7.4.1 and 7.4.2 and the registry).
     *
     * @return true for 1000 to 1003, 1007 to 1014 and 3000 to 4999
     */
    public boolean receivable() {
        return (value >= 1000 && value <= 1003) || (value >= 1007 && value <= 1014) || (value >= 3000 && value < 5000);
    }

    /**
     * Whether an application of this role may close a connection with this code.
     *
     * <p>1002 is not among them: it says that the peer broke the protocol, which core alone can tell.
     *
     * @param role the role of the endpoint that closes
     * @return true for 1000, 1001, 1003, 1007, 1008, 1009, 1011 and 3000 to 4999; for a client also 1010, for a server
     *     also 1012 to 1014
     */
    public boolean sendable(Role role) {
        return switch (value) {
            case 1000, 1001, 1003, 1007, 1008, 1009, 1011 -> true;
            case 1010 -> role == Role.CLIENT;
            case 1012, 1013, 1014 -> role == Role.SERVER;
            default -> value >= 3000 && value < 5000;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CloseCode code && code.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    /** The number and the name, as in {@code 1001 GOING_AWAY}. */
    @Override
    public String toString() {
        return value + " " + name;
    }
}
