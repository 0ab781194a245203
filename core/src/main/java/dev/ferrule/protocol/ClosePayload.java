package dev.ferrule.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a Close frame carries (RFC 6455 section 5.5.1): nothing, or a close code and a reason of at most 123 bytes.
 *
 * @param code the code; {@link CloseCode#NO_STATUS_RECEIVED} stands for an empty payload
 * @param reason the reason, empty if there is none
 */
public record ClosePayload(CloseCode code, String reason) {
    /** As many bytes of UTF-8 fit behind the code in a control frame of 125 bytes. */
    public static final int MAX_REASON_BYTES = 123;

    /** A Close frame without a code. */
    public static final ClosePayload NONE = new ClosePayload(CloseCode.NO_STATUS_RECEIVED, "");

    /**
     * Reads the payload of a received Close frame.
     *
     * @param payload its bytes, at most 125, in big-endian order; consumed
     * @return what it says
     * @throws ProtocolException with 1002 if it is a single byte or has a code that may not be sent, with 1007 if its
     *     reason is not UTF-8
     */
    public static ClosePayload parse(ByteBuffer payload) throws ProtocolException {
        if (!payload.hasRemaining()) {
            return NONE;
        }
        if (payload.remaining() == 1) {
            throw ProtocolException.protocolError(
                    "payload of a Close frame is 1 byte, a close code has 2 (RFC 6455 section 5.5.1)");
        }
        CloseCode code = CloseCode.of(payload.getShort() & 0xFFFF);
        if (!code.receivable()) {
            throw ProtocolException.protocolError(
                    "close code " + code + " may not be sent (RFC 6455 sections 7.4.1 and 7.4.2)");
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        String reason = Utf8.decode(bytes, 0, bytes.length);
        if (reason == null) {
            throw new ProtocolException(
                    CloseCode.INVALID_FRAME_PAYLOAD_DATA,
                    "close reason of " + bytes.length + " bytes is not UTF-8 (RFC 6455 section 5.5.1)");
        }
        return new ClosePayload(code, reason);
    }

    /**
     * Says why a reason can't be sent.
     *
     * @param reason any string
     * @return a sentence, or {@code null} if the reason fits in a Close frame
     */
    public static @Nullable String objection(String reason) {
        byte[] bytes = Utf8.encode(reason);
        if (bytes == null) {
            return "close reason has an unpaired surrogate, which UTF-8 can't express (RFC 6455 section 5.5.1)";
        }
        return bytes.length <= MAX_REASON_BYTES
                ? null
                : "close reason is " + bytes.length + " bytes of UTF-8, at most " + MAX_REASON_BYTES
                        + " fit in a Close frame (RFC 6455 section 5.5.1)";
    }

    /**
     * The bytes of this payload.
     *
     * @return a new buffer, empty if the code is {@link CloseCode#NO_STATUS_RECEIVED}
     */
    public ByteBuffer toBytes() {
        if (code.equals(CloseCode.NO_STATUS_RECEIVED)) {
            return ByteBuffer.allocate(0);
        }
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) code.value())
                .put(bytes)
                .flip();
    }
}
