package dev.ferrule.testkit.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An immutable sequence of bytes with value equality, so that scenarios are plain data. */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private static final int SHOWN = 96;

    private final byte[] bytes;

    private Bytes(byte[] owned) {
        this.bytes = owned;
    }

    /**
     * {@return a copy of the array}
     *
     * @param source the array
     */
    public static Bytes copyOf(byte[] source) {
        return new Bytes(source.clone());
    }

    /**
     * {@return a copy of the first bytes of the array}
     *
     * @param source the array
     * @param count how many bytes
     */
    public static Bytes copyOf(byte[] source, int count) {
        return new Bytes(Arrays.copyOf(source, count));
    }

    /**
     * {@return the low eight bits of each value}
     *
     * @param values the bytes as numbers
     */
    public static Bytes of(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return new Bytes(result);
    }

    /**
     * {@return the text in UTF-8; it must have no unpaired surrogate}
     *
     * @param text the text
     */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return the text with one byte per character, as HTTP heads are written}
     *
     * @param text the text
     */
    public static Bytes latin1(String text) {
        return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * {@return the bytes that these pairs of digits name; spaces between them are ignored}
     *
     * @param digits hexadecimal digits
     */
    public static Bytes hex(String digits) {
        return new Bytes(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /**
     * {@return one value many times}
     *
     * @param value the byte
     * @param count how many bytes
     */
    public static Bytes repeat(int value, int count) {
        byte[] result = new byte[count];
        Arrays.fill(result, (byte) value);
        return new Bytes(result);
    }

    /**
     * {@return bytes in a pattern in which no two neighbouring blocks are alike, so that lost or swapped blocks show}
     *
     * @param count how many bytes
     */
    public static Bytes pattern(int count) {
        byte[] result = new byte[count];
        int state = 0x2545F491 ^ count;
        for (int i = 0; i < count; i++) {
            state = state * 1664525 + 1013904223;
            result[i] = (byte) (state >>> 24);
        }
        return new Bytes(result);
    }

    /**
     * {@return all parts one after another}
     *
     * @param parts what to join
     */
    public static Bytes concat(List<Bytes> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Bytes part : parts) {
            out.writeBytes(part.bytes);
        }
        return new Bytes(out.toByteArray());
    }

    /** {@return how many bytes there are} */
    public int size() {
        return bytes.length;
    }

    /**
     * {@return the byte at the index as a number from 0 to 255}
     *
     * @param index where, counted from 0
     */
    public int at(int index) {
        return bytes[index] & 0xFF;
    }

    /**
     * {@return the bytes from one index up to, and not including, another}
     *
     * @param from the index of the first byte
     * @param to the index behind the last byte
     */
    public Bytes slice(int from, int to) {
        return new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    /**
     * {@return these bytes and then the others}
     *
     * @param more the other bytes
     */
    public Bytes plus(Bytes more) {
        return concat(List.of(this, more));
    }

    /**
     * {@return whether these bytes begin with the others}
     *
     * @param prefix the other bytes
     */
    public boolean startsWith(Bytes prefix) {
        return size() >= prefix.size() && Arrays.equals(bytes, 0, prefix.size(), prefix.bytes, 0, prefix.size());
    }

    /** {@return a copy as an array} */
    public byte[] toArray() {
        return bytes.clone();
    }

    /**
     * Writes all bytes with one call, so that the stream decides nothing about segments.
     *
     * @param out where to
     * @throws IOException if the network says no
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** {@return this as text; what is not UTF-8 shows as the replacement character} */
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@return this as text with one character per byte} */
    public String latin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** {@return all bytes as hexadecimal digits} */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** At most the first bytes as hexadecimal digits, and how many there are in all. */
    @Override
    public String toString() {
        if (bytes.length <= SHOWN) {
            return hex();
        }
        return slice(0, SHOWN).hex() + "... (" + bytes.length + " bytes)";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
