package dev.ferrule.testkit.wire;

import java.io.ByteArrayOutputStream;

/**
 * One frame, legal or not (RFC 6455 section 5.2).
 *
 * @param fin whether this is the last fragment
 * @param rsv the three reserved bits, RSV1 is 4
 * @param opcode any number from 0 to 15
 * @param masking whether it is masked and how
 * @param form how the length is written
 * @param length the length that the header announces; may differ from the payload's to cut a frame short
 * @param payload the unmasked payload
 */
public record Frame(boolean fin, int rsv, int opcode, Masking masking, LengthForm form, long length, Bytes payload) {
    /** The bits of a frame that begins a compressed message (RFC 7692 section 6). */
    public static final int RSV1 = 4;

    /**
     * {@return a final frame as a correct peer sends it}
     *
     * @param opcode a number from 0 to 15
     * @param payload the payload
     */
    public static Frame of(int opcode, Bytes payload) {
        int length = payload.size();
        return new Frame(true, 0, opcode, Masking.PROPER, LengthForm.shortest(length), length, payload);
    }

    /**
     * {@return a text message in one frame}
     *
     * @param text the text
     */
    public static Frame text(String text) {
        return of(Opcode.TEXT, Bytes.utf8(text));
    }

    /**
     * {@return a text frame of any bytes}
     *
     * @param payload the payload
     */
    public static Frame text(Bytes payload) {
        return of(Opcode.TEXT, payload);
    }

    /**
     * {@return a binary message in one frame}
     *
     * @param payload the payload
     */
    public static Frame binary(Bytes payload) {
        return of(Opcode.BINARY, payload);
    }

    /**
     * {@return a continuation that ends a message}
     *
     * @param payload the payload
     */
    public static Frame continuation(Bytes payload) {
        return of(Opcode.CONTINUATION, payload);
    }

    /**
     * {@return a continuation that ends a message}
     *
     * @param text the text
     */
    public static Frame continuation(String text) {
        return continuation(Bytes.utf8(text));
    }

    /**
     * {@return a ping}
     *
     * @param payload the payload
     */
    public static Frame ping(String payload) {
        return of(Opcode.PING, Bytes.utf8(payload));
    }

    /**
     * {@return a pong that nobody asked for, or the answer to a ping}
     *
     * @param payload the payload
     */
    public static Frame pong(String payload) {
        return of(Opcode.PONG, Bytes.utf8(payload));
    }

    /** {@return a Close frame without a code} */
    public static Frame close() {
        return of(Opcode.CLOSE, Bytes.EMPTY);
    }

    /**
     * {@return a Close frame with a code, which needs not be legal, and a reason}
     *
     * @param code a close code
     * @param reason the reason
     */
    public static Frame close(int code, String reason) {
        return close(code, Bytes.utf8(reason));
    }

    /**
     * {@return a Close frame with a code and a reason of any bytes}
     *
     * @param code a close code
     * @param reason the reason
     */
    public static Frame close(int code, Bytes reason) {
        return of(Opcode.CLOSE, Bytes.of(code >>> 8, code).plus(reason));
    }

    /** {@return the same frame with more fragments to come} */
    public Frame notFinal() {
        return withFin(false);
    }

    /**
     * {@return the same frame with the FIN bit as given}
     *
     * @param value the new value
     */
    public Frame withFin(boolean value) {
        return new Frame(value, rsv, opcode, masking, form, length, payload);
    }

    /**
     * {@return the same frame with these reserved bits}
     *
     * @param bits RSV1 is 4, RSV2 is 2, RSV3 is 1
     */
    public Frame withRsv(int bits) {
        return new Frame(fin, bits, opcode, masking, form, length, payload);
    }

    /**
     * {@return the same frame masked in this way}
     *
     * @param value the new value
     */
    public Frame withMasking(Masking value) {
        return new Frame(fin, rsv, opcode, value, form, length, payload);
    }

    /**
     * {@return the same frame with its length written in this form}
     *
     * @param value the new value
     */
    public Frame withForm(LengthForm value) {
        return new Frame(fin, rsv, opcode, masking, value, length, payload);
    }

    /**
     * {@return the same payload behind a header that announces another length}
     *
     * @param value the new value
     */
    public Frame announcing(long value) {
        return new Frame(fin, rsv, opcode, masking, LengthForm.shortest(value), value, payload);
    }

    /** {@return whether it is a control frame} */
    public boolean control() {
        return Opcode.isControl(opcode);
    }

    /** {@return whether the payload is as long as announced} */
    public boolean complete() {
        return length == payload.size();
    }

    /** {@return whether the length is written in the shortest form} */
    public boolean minimal() {
        return form == LengthForm.shortest(length);
    }

    /**
     * {@return the bytes on the wire, as this sender's role makes them}
     *
     * @param sender the role of the endpoint that sends
     */
    public Bytes encode(Role sender) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.size() + 14);
        out.write((fin ? 0x80 : 0) | rsv << 4 | opcode);
        boolean masked = masking.present(sender);
        int maskBit = masked ? 0x80 : 0;
        switch (form) {
            case BITS_7 -> out.write(maskBit | (int) (length & 0x7F));
            case BITS_16 -> {
                out.write(maskBit | 126);
                writeNumber(out, length, 2);
            }
            case BITS_64 -> {
                out.write(maskBit | 127);
                writeNumber(out, length, 8);
            }
        }
        if (!masked) {
            out.writeBytes(payload.toArray());
            return Bytes.copyOf(out.toByteArray());
        }
        writeNumber(out, masking.key(), 4);
        out.writeBytes(mask(payload.toArray(), masking.key()));
        return Bytes.copyOf(out.toByteArray());
    }

    /** Masks or unmasks in place, which is the same operation (RFC 6455 section 5.3). */
    static byte[] mask(byte[] data, int key) {
        for (int i = 0; i < data.length; i++) {
            data[i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
        }
        return data;
    }

    private static void writeNumber(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }

    /** The frame in words, for transcripts and messages. */
    @Override
    public String toString() {
        return FrameText.of(this);
    }
}
