package dev.ferrule.testkit.wire;

/** The opcodes of RFC 6455 section 5.2, as plain numbers because scenarios also send the reserved ones. */
public final class Opcode {
    /** A further fragment of a message. */
    public static final int CONTINUATION = 0x0;
    /** A text message or its first fragment. */
    public static final int TEXT = 0x1;
    /** A binary message or its first fragment. */
    public static final int BINARY = 0x2;
    /** The closing handshake. */
    public static final int CLOSE = 0x8;
    /** A ping. */
    public static final int PING = 0x9;
    /** A pong. */
    public static final int PONG = 0xA;

    private Opcode() {}

    /**
     * {@return whether the top bit of the opcode makes it a control frame}
     *
     * @param opcode a number from 0 to 15
     */
    public static boolean isControl(int opcode) {
        return (opcode & 0x8) != 0;
    }

    /**
     * {@return whether RFC 6455 defines the opcode}
     *
     * @param opcode a number from 0 to 15
     */
    public static boolean isDefined(int opcode) {
        return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
    }

    /**
     * {@return the RFC's name of the opcode, or its number if it is reserved}
     *
     * @param opcode a number from 0 to 15
     */
    public static String name(int opcode) {
        return switch (opcode) {
            case CONTINUATION -> "CONTINUATION";
            case TEXT -> "TEXT";
            case BINARY -> "BINARY";
            case CLOSE -> "CLOSE";
            case PING -> "PING";
            case PONG -> "PONG";
            default -> "opcode 0x" + Integer.toHexString(opcode).toUpperCase(java.util.Locale.ROOT);
        };
    }
}
