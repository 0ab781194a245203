package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RX-3, 6455-8.1: validation, against the JDK's decoder told to report. */
class Utf8Test {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer chars = CharBuffer.allocate(64);

    private boolean oracle(byte[] bytes, int length) {
        decoder.reset();
        chars.clear();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes, 0, length), chars, true);
        return !result.isError();
    }

    private void check(byte[] bytes, int length) {
        boolean valid = oracle(bytes, length);
        if (valid != Utf8.valid(bytes, 0, length) || valid != (Utf8.decode(bytes, 0, length) != null)) {
            throw new AssertionError(Arrays.toString(bytes) + " is valid: " + valid);
        }
    }

    @Test
    @DisplayName("6455-8.1-1: all sequences of one and two bytes, and of three behind every byte that may lead")
    void exhaustive() {
        int seen = 0;
        for (int a = 0; a < 256; a++) {
            check(new byte[] {(byte) a}, 1);
            boolean leads = a >= 0xC2 && a <= 0xF4;
            for (int b = 0; b < 256; b++) {
                byte[] bytes = {(byte) a, (byte) b, 0};
                check(bytes, 2);
                for (int c = 0; c < 256; c += leads ? 1 : 15) {
                    bytes[2] = (byte) c;
                    check(bytes, 3);
                    seen++;
                }
            }
        }
        assertEquals(256 * (51 * 256 + 205 * 18), seen);
    }

    @Test
    @DisplayName("6455-8.1-1: sequences of four bytes at and around every border of RFC 3629")
    void fourBytes() {
        int[] leads = {0x7F, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF};
        int[] others = {0x00, 0x41, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xF0, 0xFF};
        int seen = 0;
        for (int lead : leads) {
            for (int second = 0; second < 256; second++) {
                for (int third : others) {
                    for (int fourth : others) {
                        check(new byte[] {(byte) lead, (byte) second, (byte) third, (byte) fourth}, 4);
                        seen++;
                    }
                }
            }
        }
        assertEquals(12 * 256 * 15 * 15, seen);
    }

    @Test
    @DisplayName("6455-8.1-3: every code point, cut at every byte, behind ASCII of every length up to a word")
    void everyCodePoint() {
        Utf8 utf8 = new Utf8();
        byte[] ascii = "12345678".getBytes(StandardCharsets.US_ASCII);
        int seen = 0;
        for (int point = 0x80; point <= 0x10FFFF; point++) {
            if (point == 0xD800) {
                point = 0xE000;
            }
            byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            boolean ok = utf8.accept(ascii, 0, point % 9);
            for (int i = 0; i < bytes.length; i++) {
                ok &= utf8.accept(bytes, i, 1) && utf8.complete() == (i == bytes.length - 1);
            }
            assertTrue(ok, () -> "a code point is refused");
            seen++;
        }
        assertEquals(0x110000 - 0x80 - 0x800, seen);
    }

    @Property(tries = 500)
    @Label("6455-8.1-4: bytes in any cuts are refused at the byte where no continuation could be valid")
    void cuts(@ForAll @Size(max = 40) byte[] bytes, @ForAll Random random) {
        Utf8 utf8 = new Utf8();
        int from = 0;
        boolean refused = false;
        while (from < bytes.length && !refused) {
            int length = 1 + random.nextInt(bytes.length - from);
            boolean hopeless = hopeless(bytes, from + length);
            refused = !utf8.accept(bytes, from, length);
            assertEquals(hopeless, refused);
            from += length;
        }
        assertEquals(oracle(bytes, bytes.length), !refused && utf8.complete());
    }

    /** Whether no ending makes it valid; of those that finish a character, these reach all first and second bytes. */
    private boolean hopeless(byte[] bytes, int length) {
        byte[][] endings = {
            {},
            {(byte) 0x80},
            {(byte) 0x80, (byte) 0x80},
            {(byte) 0xA0, (byte) 0x80},
            {(byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0x90, (byte) 0x80, (byte) 0x80}
        };
        for (byte[] ending : endings) {
            byte[] whole = Arrays.copyOf(bytes, length + ending.length);
            System.arraycopy(ending, 0, whole, length, ending.length);
            if (oracle(whole, whole.length)) {
                return false;
            }
        }
        return true;
    }

    @Test
    @DisplayName("6455-8.1-5: after a reset nothing is left of the text before")
    void reset() {
        Utf8 utf8 = new Utf8();
        assertTrue(utf8.accept(new byte[] {(byte) 0xE2, (byte) 0x82}, 0, 2));
        assertFalse(utf8.complete());
        utf8.reset();
        assertTrue(utf8.complete());
        assertTrue(utf8.accept(new byte[] {'a'}, 0, 1));
        assertFalse(utf8.accept(new byte[] {(byte) 0xF4, (byte) 0x90}, 0, 2));
        utf8.reset();
        assertTrue(utf8.accept(new byte[] {(byte) 0xE2, (byte) 0x82, (byte) 0xAC}, 0, 3) && utf8.complete());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFFFD", "a\uFFFDb", "\uFFFD\uFFFD\uD83D\uDE00", "?\uFFFD?"})
    @DisplayName("8.1: a U+FFFD that the peer sent is no error")
    void genuineReplacement(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(text, Utf8.decode(bytes, 0, bytes.length));
        byte[] broken = Arrays.copyOf(bytes, bytes.length + 1);
        broken[bytes.length] = (byte) 0xC3;
        assertNull(Utf8.decode(broken, 0, broken.length));
    }
}
