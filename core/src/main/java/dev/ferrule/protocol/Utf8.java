package dev.ferrule.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Spliterator;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 as RFC 3629 defines it and RFC 6455 section 8.1 demands it: no overlong forms, no surrogates, nothing above
 * U+10FFFF.
 *
 * <p>The static methods treat whole texts. An instance validates one text that comes in pieces cut anywhere, even inside
 * of a character, and says at the piece that breaks it; it is for one user at a time.
 */
public final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUESTION_MARKS = 0x3F3F3F3F3F3F3F3FL;

    /** From here on it pays to ask whether a text is all Latin-1. */
    private static final int LONG = 2048;
    /** Whether this JDK can be asked: of a text with other characters it must not seem to know. */
    private static final boolean LATIN1_TELLS =
            counted("a\u00FF") && !counted("a\u0100") && !counted("a\uD800") && !counted("\uD83C\uDF88");

    /** How many continuation bytes the character in progress still needs. */
    private int needed;
    /** The range that the next byte must lie in: narrower after E0, ED, F0 and F4 (RFC 3629 section 4). */
    private int low = 0x80;

    private int high = 0xBF;

    /** Begins with an empty text. */
    public Utf8() {}

    /**
     * Checks a further piece of the text.
     *
     * @param bytes holds the piece
     * @param from index of its first byte
     * @param length how many bytes
     * @return false if the text can't be valid any more, whatever follows; the instance is then to be {@link #reset}
     */
    public boolean accept(byte[] bytes, int from, int length) {
        int i = from;
        int end = from + length;
        while (i < end) {
            i = needed == 0 ? skipAscii(bytes, i, end) : i;
            if (i < end && !next(bytes[i++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Checks a further piece of the text.
     *
     * @param in holds the piece; its position and limit are neither looked at nor changed
     * @param from index of its first byte
     * @param length how many bytes
     * @return false if the text can't be valid any more, whatever follows; the instance is then to be {@link #reset}
     */
    public boolean accept(ByteBuffer in, int from, int length) {
        if (in.hasArray()) {
            return accept(in.array(), in.arrayOffset() + from, length);
        }
        int i = from;
        int end = from + length;
        while (i < end) {
            i = needed == 0 ? skipAscii(in, i, end) : i;
            if (i < end && !next(in.get(i++) & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether what was accepted so far is a whole text: no character is cut at its end.
     *
     * @return true if the text may end here
     */
    public boolean complete() {
        return needed == 0;
    }

    /** Begins a new text. */
    public void reset() {
        needed = 0;
        low = 0x80;
        high = 0xBF;
    }

    private boolean next(int b) {
        if (needed == 0) {
            return begin(b);
        }
        if (b < low || b > high) {
            return false;
        }
        needed--;
        low = 0x80;
        high = 0xBF;
        return true;
    }

    private boolean begin(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            needed = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            needed = 2;
            low = lead == 0xE0 ? 0xA0 : 0x80;
            high = lead == 0xED ? 0x9F : 0xBF;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            needed = 3;
            low = lead == 0xF0 ? 0x90 : 0x80;
            high = lead == 0xF4 ? 0x8F : 0xBF;
        } else {
            return false;
        }
        return true;
    }

    private static int skipAscii(byte[] bytes, int from, int end) {
        int i = from;
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            if (((long) LONGS.get(bytes, i) & HIGH_BITS) != 0) {
                break;
            }
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    private static int skipAscii(ByteBuffer in, int from, int end) {
        int i = from;
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            if ((in.getLong(i) & HIGH_BITS) != 0) {
                break;
            }
        }
        while (i < end && in.get(i) >= 0) {
            i++;
        }
        return i;
    }

    /**
     * Whether bytes are valid UTF-8.
     *
     * @param bytes holds the text
     * @param from index of its first byte
     * @param length how many bytes
     * @return true if they are a whole valid text
     */
    public static boolean valid(byte[] bytes, int from, int length) {
        Utf8 utf8 = new Utf8();
        return utf8.accept(bytes, from, length) && utf8.complete();
    }

    /**
     * Decodes a whole text.
     *
     * @param bytes holds the text
     * @param from index of its first byte
     * @param length how many bytes
     * @return the text, or {@code null} if the bytes are not valid UTF-8
     */
    public static @Nullable String decode(byte[] bytes, int from, int length) {
        // The JDK's decoder is several times faster than a check byte by byte, and puts U+FFFD for what is
        // malformed: only a text that holds one (which is rare, and may be valid) needs the exact check. In a
        // Latin-1 string, and so for all of ASCII, indexOf answers without a look at the text.
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 && !valid(bytes, from, length) ? null : text;
    }

    /**
     * Encodes a whole text.
     *
     * @param text any string
     * @return its bytes, or {@code null} if it has an unpaired surrogate, which UTF-8 can't express
     */
    public static byte @Nullable [] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (text.length() >= LONG && LATIN1_TELLS && counted(text)) {
            // No surrogate is Latin-1. For 64 KiB of ASCII that spares a look at the bytes, a third of what this costs.
            return bytes;
        }
        // The JDK's encoder puts a question mark for what is unpaired, so their number says whether all is right.
        // Counted in words of the bytes, a text in other letters costs a quarter less than with a look at each.
        int marks = questionMarks(bytes);
        return marks == 0 || marks == questionMarks(text) ? bytes : null;
    }

    /**
     * Whether it is known beforehand how many code points a text has. OpenJDK, which has a byte for each character of a text
     * that is all Latin-1, knows it of those and of no others.
     */
    private static boolean counted(String text) {
        return text.codePoints().spliterator().hasCharacteristics(Spliterator.SIZED);
    }

    /**
     * How many bytes a text has when encoded.
     *
     * @param text any string
     * @return the number of bytes, or -1 if it has an unpaired surrogate, which UTF-8 can't express
     */
    public static long length(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x800 ? 1 : 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2;
                i++;
            } else {
                return -1;
            }
        }
        return bytes;
    }

    private static int questionMarks(byte[] bytes) {
        int marks = 0;
        int i = 0;
        for (int last = bytes.length - Long.BYTES; i <= last; i += Long.BYTES) {
            long x = (long) LONGS.get(bytes, i) ^ QUESTION_MARKS;
            // The high bit of each byte that is not zero.
            long others = ((x & ~HIGH_BITS) + ~HIGH_BITS) | x;
            marks += Long.bitCount(~others & HIGH_BITS);
        }
        for (; i < bytes.length; i++) {
            marks += bytes[i] == '?' ? 1 : 0;
        }
        return marks;
    }

    private static int questionMarks(String text) {
        int marks = 0;
        for (int i = text.indexOf('?'); i >= 0; i = text.indexOf('?', i + 1)) {
            marks++;
        }
        return marks;
    }
}
