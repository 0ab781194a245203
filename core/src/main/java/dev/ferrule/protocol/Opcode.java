package dev.ferrule.protocol;

import org.jspecify.annotations.Nullable;

/** The opcodes that RFC 6455 section 5.2 defines; 3 to 7 and 0xB to 0xF are reserved and fail the connection. */
public enum Opcode {
    /** A further fragment of the message that an earlier frame began. */
    CONTINUATION(0x0),
    /** The first or only fragment of a text message. */
    TEXT(0x1),
    /** The first or only fragment of a binary message. */
    BINARY(0x2),
    /** Begins or answers the closing handshake. */
    CLOSE(0x8),
    /** Asks the peer for a {@link #PONG} with the same payload. */
    PING(0x9),
    /** Answers a {@link #PING}, or comes unasked as a heartbeat of one direction. */
    PONG(0xA);

    private static final @Nullable Opcode[] BY_VALUE = new @Nullable Opcode[16];

    static {
        for (Opcode opcode : values()) {
            BY_VALUE[opcode.value] = opcode;
        }
    }

    private final int value;

    Opcode(int value) {
        this.value = value;
    }

    /**
     * The opcode with this value.
     *
     * @param value the four bits of the frame; higher bits are ignored
     * @return the opcode, or {@code null} if the value is reserved
     */
    public static @Nullable Opcode of(int value) {
        return BY_VALUE[value & 0xF];
    }

    /**
     * The four bits on the wire.
     *
     * @return a value from 0x0 to 0xF
     */
    public int value() {
        return value;
    }

    /**
     * Whether frames of this opcode are control frames (RFC 6455 section 5.5): never fragmented, at most 125 bytes.
     *
     * @return true for {@link #CLOSE}, {@link #PING} and {@link #PONG}
     */
    public boolean control() {
        return value >= 0x8;
    }
}
