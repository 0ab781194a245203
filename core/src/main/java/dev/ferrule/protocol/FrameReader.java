package dev.ferrule.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames (RFC 6455 section 5.2) from bytes that come cut anyhow, and enforces the rules of framing, masking and
 * fragmentation (sections 5.1 to 5.5) at the first byte that breaks one.
 *
 * <p>Its user pulls: {@link #readHeader} until it is true; then the payload, of which {@link #unmask} prepares what has
 * arrived, or {@link #take} takes it, until {@link #remaining} is zero; then the next header. Nothing is allocated, copied or kept. An instance
 * reads one connection and is for one user at a time; after an exception it is of no further use.
 */
public final class FrameReader {
    private static final int RSV1 = 0x40;
    private static final byte[] NONE = new byte[0];

    private final boolean masked;
    private final long maxFrameBytes;
    private final boolean compression;
    private byte[] partial = NONE;
    private int partialBytes;

    private boolean fin;
    private Opcode opcode = Opcode.CONTINUATION;
    private @Nullable Opcode message;
    private boolean first;
    private boolean compressed;
    private long length;
    private long remaining;
    private int key;
    private boolean ascii;

    /**
     * A reader at the start of a connection.
     *
     * @param role the role of the endpoint that reads: a server reads masked frames, a client unmasked ones
     * @param maxFrameBytes how long the payload of a data frame may be
     */
    public FrameReader(Role role, long maxFrameBytes) {
        this(role, maxFrameBytes, false);
    }

    /**
     * A reader at the start of a connection that may use permessage-deflate.
     *
     * @param role the role of the endpoint that reads: a server reads masked frames, a client unmasked ones
     * @param maxFrameBytes how long the payload of a data frame may be; of a compressed message, so long that
     *     {@link PerMessageDeflate#maxFrameBytes} allows it
     * @param compression whether messages may be compressed (RFC 7692)
     */
    public FrameReader(Role role, long maxFrameBytes, boolean compression) {
        this.masked = role == Role.SERVER;
        this.maxFrameBytes = maxFrameBytes;
        this.compression = compression;
    }

    /**
     * Reads the header of the next frame, once the payload before it has been consumed.
     *
     * @param in what has arrived, in big-endian order; consumed up to the end of the header
     * @return true when the header is complete; false if {@code in} is used up before
     * @throws ProtocolException with 1002 if a rule is broken, with 1009 if the frame is longer than the limit
     */
    public boolean readHeader(ByteBuffer in) throws ProtocolException {
        if (remaining != 0) {
            throw new IllegalStateException(remaining + " bytes of the payload are still to be consumed");
        }
        if (partialBytes == 0 && arrivedWhole(in)) {
            checkFirst(in.get());
            begin(checkSecond(in.get()), in);
            return true;
        }
        return readPartial(in);
    }

    /** A header whose end may not have arrived: byte by byte, so that a rule broken early is seen early. */
    private boolean readPartial(ByteBuffer in) throws ProtocolException {
        partial = partial.length == 0 ? new byte[FrameWriter.MAX_HEADER_BYTES] : partial;
        while (in.hasRemaining()) {
            partial[partialBytes++] = in.get();
            if (partialBytes == 1) {
                checkFirst(partial[0]);
                continue;
            }
            int lengthForm = partialBytes == 2 ? checkSecond(partial[1]) : partial[1] & 0x7F;
            if (partialBytes == 3 && lengthForm == 127) {
                checkHighestBit(partial[2]);
            }
            if (partialBytes == 2 + lengthBytes(lengthForm)) {
                // Before the masking key, which a peer that breaks a rule need not send.
                length = readLength(lengthForm, ByteBuffer.wrap(partial, 2, partialBytes - 2));
            }
            if (partialBytes == headerBytes(lengthForm)) {
                ByteBuffer rest = ByteBuffer.wrap(partial, 2, partialBytes - 2);
                partialBytes = 0;
                begin(lengthForm, rest);
                return true;
            }
        }
        return false;
    }

    private boolean arrivedWhole(ByteBuffer in) {
        int n = in.remaining();
        return n >= FrameWriter.MAX_HEADER_BYTES || (n >= 2 && n >= headerBytes(in.get(in.position() + 1) & 0x7F));
    }

    private int headerBytes(int lengthForm) {
        return 2 + lengthBytes(lengthForm) + (masked ? 4 : 0);
    }

    private static int lengthBytes(int lengthForm) {
        return lengthForm == 127 ? 8 : lengthForm == 126 ? 2 : 0;
    }

    private void checkFirst(byte b) throws ProtocolException {
        if ((b & 0x70) != 0) {
            checkReserved(b);
        }
        Opcode seen = Opcode.of(b);
        if (seen == null) {
            throw ProtocolException.protocolError(
                    "opcode 0x" + Integer.toHexString(b & 0xF) + " is reserved (RFC 6455 section 5.2)");
        }
        fin = b < 0;
        opcode = seen;
        if (seen.control()) {
            if (!fin) {
                throw ProtocolException.protocolError(
                        "control frame " + seen + " is fragmented (RFC 6455 section 5.5)");
            }
        } else if (seen == Opcode.CONTINUATION) {
            if (message == null) {
                throw ProtocolException.protocolError(
                        "continuation frame without a message to continue (RFC 6455 section 5.4)");
            }
            first = false;
        } else {
            if (message != null) {
                throw ProtocolException.protocolError(
                        seen + " frame inside a fragmented " + message + " message (RFC 6455 section 5.4)");
            }
            first = true;
            compressed = (b & RSV1) != 0;
        }
    }

    private void checkReserved(byte b) throws ProtocolException {
        if (!compression) {
            throw ProtocolException.protocolError("RSV bits are " + ((b & 0x70) >> 4)
                    + ", 0 is the only value without an extension (RFC 6455 section 5.2)");
        }
        Opcode seen = Opcode.of(b);
        if ((b & 0x70) != RSV1 || seen == null || seen.control() || seen == Opcode.CONTINUATION) {
            throw ProtocolException.protocolError("RSV bits of " + (seen == null ? "a reserved opcode" : seen) + " are "
                    + ((b & 0x70) >> 4) + ", permessage-deflate has 4 on the first frame of a message alone"
                    + " (RFC 7692 section 6)");
        }
    }

    private int checkSecond(byte b) throws ProtocolException {
        if ((b < 0) != masked) {
            throw ProtocolException.protocolError(
                    masked
                            ? "frame of a client is not masked (RFC 6455 section 5.1)"
                            : "frame of a server is masked (RFC 6455 section 5.1)");
        }
        int lengthForm = b & 0x7F;
        if (opcode.control() && lengthForm > 125) {
            throw ProtocolException.protocolError(
                    "payload of control frame " + opcode + " is longer than 125 bytes (RFC 6455 section 5.5)");
        }
        return lengthForm;
    }

    private static void checkHighestBit(byte b) throws ProtocolException {
        if (b < 0) {
            throw ProtocolException.protocolError(
                    "payload length of 8 bytes has its highest bit set (RFC 6455 section 5.2)");
        }
    }

    /** The length, which has arrived as a whole. */
    private long readLength(int lengthForm, ByteBuffer in) throws ProtocolException {
        long bytes = lengthForm;
        if (lengthForm == 126) {
            bytes = in.getShort() & 0xFFFF;
        } else if (lengthForm == 127) {
            checkHighestBit(in.get(in.position()));
            bytes = in.getLong();
        }
        if (lengthForm > 125 && bytes <= (lengthForm == 126 ? 125 : 0xFFFF)) {
            throw ProtocolException.protocolError("payload length " + bytes + " is written in "
                    + (lengthForm == 126 ? 2 : 8) + " bytes, not in the fewest possible (RFC 6455 section 5.2)");
        }
        if (bytes > maxFrameBytes && !opcode.control()) {
            long limit = compressed ? PerMessageDeflate.maxFrameBytes(maxFrameBytes) : maxFrameBytes;
            if (bytes > limit) {
                throw new ProtocolException(
                        CloseCode.MESSAGE_TOO_BIG,
                        "frame of " + bytes + " bytes, the limit is " + limit + " (RFC 6455 section 10.4)");
            }
        }
        return bytes;
    }

    /** The length and the key, which have all arrived. */
    private void begin(int lengthForm, ByteBuffer in) throws ProtocolException {
        length = readLength(lengthForm, in);
        key = masked ? in.getInt() : 0;
        remaining = length;
        ascii = masked;
        if (!opcode.control()) {
            message = fin ? null : opcode == Opcode.CONTINUATION ? message : opcode;
        }
    }

    /**
     * Unmasks, in place, as much of the payload as has arrived, and counts it as consumed. The position of {@code in}
     * stays: the bytes from there on are for the caller to take.
     *
     * @param in what has arrived; writable unless the role is that of a client
     * @return how many bytes from the position of {@code in} on belong to the payload
     */
    public int unmask(ByteBuffer in) {
        int n = (int) Math.min(remaining, in.remaining());
        if (masked) {
            ascii &= Masking.apply(in, in.position(), n, key);
            key = Masking.advance(key, n);
        }
        remaining -= n;
        return n;
    }

    /**
     * Takes as much of the payload as has arrived, unmasked, into an array, and counts it as consumed.
     *
     * @param in what has arrived; its position moves behind what is taken
     * @param to the array
     * @param at index of the first byte
     * @return how many bytes have been taken
     * @throws IndexOutOfBoundsException if the array has no room for them
     */
    public int take(ByteBuffer in, byte[] to, int at) {
        int n = (int) Math.min(remaining, in.remaining());
        in.get(to, at, n);
        if (masked) {
            ascii &= Masking.apply(to, at, n, key);
            key = Masking.advance(key, n);
        }
        remaining -= n;
        return n;
    }

    /**
     * Whether the payload is ASCII, as far as it has been unmasked, where unmasking has shown it.
     *
     * @return true if so; false if it isn't, or if the frame isn't masked and nobody has looked
     */
    public boolean ascii() {
        return ascii;
    }

    /**
     * Whether the frame ends its message.
     *
     * @return the FIN bit of the frame whose header was read last
     */
    public boolean fin() {
        return fin;
    }

    /**
     * What the frame is.
     *
     * @return the opcode of the frame whose header was read last
     */
    public Opcode opcode() {
        return opcode;
    }

    /**
     * Whether the data frame begins a message.
     *
     * @return true for TEXT and BINARY, false for CONTINUATION; unspecified for control frames
     */
    public boolean first() {
        return first;
    }

    /**
     * Whether the message is compressed: its first frame has RSV1 set (RFC 7692 section 6).
     *
     * @return the same for each frame of a message, and for the control frames between them
     */
    public boolean compressed() {
        return compressed;
    }

    /**
     * How long the payload is.
     *
     * @return bytes of the frame whose header was read last
     */
    public long length() {
        return length;
    }

    /**
     * How much of the payload has not been consumed.
     *
     * @return bytes; zero if the frame is complete
     */
    public long remaining() {
        return remaining;
    }
}
