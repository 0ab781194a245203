package dev.ferrule.protocol;

import java.nio.ByteBuffer;

/** Writes the headers of frames (RFC 6455 section 5.2), always in the shortest form of the length. */
public final class FrameWriter {
    /** The longest header: two bytes, a length of eight, a masking key of four. */
    public static final int MAX_HEADER_BYTES = 14;

    private static final int FIN_AND_RSV1 = 0xC0;

    private FrameWriter() {}

    /**
     * The size of the header that {@link #header} writes.
     *
     * @param length of the payload, in bytes
     * @param masked whether a masking key follows
     * @return from 2 to {@link #MAX_HEADER_BYTES}
     */
    public static int headerBytes(long length, boolean masked) {
        return (length <= 125 ? 2 : length <= 0xFFFF ? 4 : 10) + (masked ? 4 : 0);
    }

    /**
     * Writes the header of a frame that is not masked, as servers send them.
     *
     * @param to has {@link #headerBytes} of room, in big-endian order
     * @param fin whether the frame ends its message
     * @param opcode what the frame is
     * @param length of the payload, in bytes
     */
    public static void header(ByteBuffer to, boolean fin, Opcode opcode, long length) {
        write(to, (fin ? 0x80 : 0) | opcode.value(), 0, length);
    }

    /**
     * Writes the header of a frame that is a whole compressed message (RFC 7692 section 6), and not masked.
     *
     * @param to has {@link #headerBytes} of room, in big-endian order
     * @param opcode TEXT or BINARY
     * @param length of the compressed payload, in bytes
     */
    public static void compressedHeader(ByteBuffer to, Opcode opcode, long length) {
        write(to, FIN_AND_RSV1 | opcode.value(), 0, length);
    }

    /**
     * Writes the header of a masked frame, as clients send them. The payload is for the caller to mask, by
     * {@link Masking}.
     *
     * @param to has {@link #headerBytes} of room, in big-endian order
     * @param fin whether the frame ends its message
     * @param opcode what the frame is
     * @param length of the payload, in bytes
     * @param key the masking key, fresh and unpredictable for each frame (RFC 6455 section 5.3)
     */
    public static void maskedHeader(ByteBuffer to, boolean fin, Opcode opcode, long length, int key) {
        write(to, (fin ? 0x80 : 0) | opcode.value(), 0x80, length);
        to.putInt(key);
    }

    /**
     * Writes the header of a masked frame that is a whole compressed message (RFC 7692 section 6).
     *
     * @param to has {@link #headerBytes} of room, in big-endian order
     * @param opcode TEXT or BINARY
     * @param length of the compressed payload, in bytes
     * @param key the masking key, fresh and unpredictable for each frame (RFC 6455 section 5.3)
     */
    public static void maskedCompressedHeader(ByteBuffer to, Opcode opcode, long length, int key) {
        write(to, FIN_AND_RSV1 | opcode.value(), 0x80, length);
        to.putInt(key);
    }

    private static void write(ByteBuffer to, int first, int mask, long length) {
        if (length <= 125) {
            to.putShort((short) ((first << 8) | mask | (int) length));
        } else if (length <= 0xFFFF) {
            to.putInt((((first << 8) | mask | 126) << 16) | (int) length);
        } else {
            to.putShort((short) ((first << 8) | mask | 127)).putLong(length);
        }
    }
}
