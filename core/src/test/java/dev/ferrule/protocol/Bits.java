package dev.ferrule.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a DEFLATE stream by hand (RFC 1951): blocks of any type, also such as no compressor makes. */
final class Bits {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int partial;
    private int count;

    /** A number, lowest bit first. */
    Bits number(int value, int length) {
        for (int i = 0; i < length; i++) {
            partial |= ((value >>> i) & 1) << count;
            if (++count == 8) {
                bytes.write(partial);
                partial = 0;
                count = 0;
            }
        }
        return this;
    }

    /** A Huffman code, highest bit first. */
    Bits code(int value, int length) {
        for (int i = length - 1; i >= 0; i--) {
            number(value >>> i, 1);
        }
        return this;
    }

    /** Zeros up to the border of a byte. */
    Bits align() {
        return count == 0 ? this : number(0, 8 - count);
    }

    Bits raw(byte... data) {
        for (byte b : data) {
            number(b & 0xFF, 8);
        }
        return this;
    }

    Bits stored(boolean last, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return number(last ? 1 : 0, 3)
                .align()
                .number(data.length, 16)
                .number(~data.length, 16)
                .raw(data);
    }

    /** A block with the fixed codes; what is in it and its end follow. */
    Bits fixed(boolean last) {
        return number(last ? 0b011 : 0b010, 3);
    }

    /** Characters below 144, in the fixed code. */
    Bits literals(String text) {
        text.chars().forEach(c -> code(0x30 + c, 8));
        return this;
    }

    /** A copy of three bytes from one to four bytes back, in the fixed code. */
    Bits threeFrom(int distance) {
        return code(1, 7).code(distance - 1, 5);
    }

    /** The end of a block, in the fixed code. */
    Bits endOfBlock() {
        return code(0, 7);
    }

    /** What is left of the empty stored block at the end of a message (RFC 7692 section 7.2.1). */
    byte[] message() {
        return number(0, 3).align().toBytes();
    }

    byte[] toBytes() {
        align();
        return bytes.toByteArray();
    }
}
