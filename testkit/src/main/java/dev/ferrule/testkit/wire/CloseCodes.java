package dev.ferrule.testkit.wire;

/** The kit's own table of close codes: RFC 6455 section 7.4 and the IANA registry of 2026-06-10. */
public final class CloseCodes {
    /** Normal closure. */
    public static final int NORMAL_CLOSURE = 1000;
    /** An endpoint goes away. */
    public static final int GOING_AWAY = 1001;
    /** Protocol error. */
    public static final int PROTOCOL_ERROR = 1002;
    /** A type of data that the endpoint doesn't take. */
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never on the wire: there was no code. */
    public static final int NO_STATUS_RECEIVED = 1005;
    /** Invalid UTF-8 and the like. */
    public static final int INVALID_FRAME_PAYLOAD_DATA = 1007;
    /** Policy violation. */
    public static final int POLICY_VIOLATION = 1008;
    /** Message too big. */
    public static final int MESSAGE_TOO_BIG = 1009;
    /** A client misses an extension; not for servers. */
    public static final int MANDATORY_EXTENSION = 1010;
    /** Internal error. */
    public static final int INTERNAL_ERROR = 1011;

    private CloseCodes() {}

    /** What a receiver may make of a code. */
    public enum Kind {
        /** In use: must be accepted. */
        VALID,
        /** Must never be on the wire: must be refused. */
        FORBIDDEN,
        /** Not assigned, or outside of all ranges: refused by common practice, the RFC is silent. */
        UNASSIGNED
    }

    /**
     * {@return the kind of a code that arrives in a Close frame}
     *
     * @param code a close code
     */
    public static Kind kind(int code) {
        if (code < 1000 || code == 1005 || code == 1006 || code == 1015) {
            return Kind.FORBIDDEN;
        }
        if (code <= 1003 || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999)) {
            return Kind.VALID;
        }
        return Kind.UNASSIGNED;
    }

    /**
     * {@return the registered name of the code, empty if there is none}
     *
     * @param code a close code
     */
    public static String name(int code) {
        return switch (code) {
            case 1000 -> "Normal Closure";
            case 1001 -> "Going Away";
            case 1002 -> "Protocol error";
            case 1003 -> "Unsupported Data";
            case 1004 -> "Reserved";
            case 1005 -> "No Status Rcvd";
            case 1006 -> "Abnormal Closure";
            case 1007 -> "Invalid frame payload data";
            case 1008 -> "Policy Violation";
            case 1009 -> "Message Too Big";
            case 1010 -> "Mandatory Ext.";
            case 1011 -> "Internal Error";
            case 1012 -> "Service Restart";
            case 1013 -> "Try Again Later";
            case 1014 -> "Bad gateway";
            case 1015 -> "TLS handshake";
            default -> "";
        };
    }
}
