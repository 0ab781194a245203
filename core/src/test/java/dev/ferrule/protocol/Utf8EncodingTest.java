package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TX-5: texts that UTF-8 can express are encoded, others are refused. */
class Utf8EncodingTest {
    /** What the JDK's encoder makes of it, told to report; null if it has an unpaired surrogate. */
    private static byte[] oracle(String text) {
        try {
            var encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Property(tries = 2000)
    @Label("TX-5: texts of question marks, surrogates and others are encoded exactly or refused")
    void anyText(@ForAll("texts") String text) {
        assertArrayEquals(oracle(text), Utf8.encode(text));
    }

    @Property(tries = 500)
    @Label("TX-5: long texts are encoded exactly or refused, whatever they are made of besides")
    void longText(@ForAll("texts") String text) {
        for (String filler : new String[] {"a", "?", "\u00E9", "\u20AC"}) {
            String half = filler.repeat(1500);
            String all = half + text + half;
            assertArrayEquals(oracle(all), Utf8.encode(all));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of('?', '?', '?', 'a', '>', '@', '\u00E9', '\u20AC', '\uD83D', '\uDE00', '\uFFFD', '\u0000')
                .array(Character[].class)
                .ofMaxSize(24)
                .map(chars -> {
                    StringBuilder text = new StringBuilder();
                    for (char c : chars) {
                        text.append(c);
                    }
                    return text.toString();
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 40})
    @DisplayName("TX-5: one unpaired surrogate among question marks is found at every position")
    void oneSurrogateAmongQuestionMarks(int length) {
        String questions = "?".repeat(length);
        assertArrayEquals(questions.getBytes(StandardCharsets.US_ASCII), Utf8.encode(questions));
        for (int i = 0; i <= length; i++) {
            for (char surrogate : new char[] {'\uD800', '\uDBFF', '\uDC00', '\uDFFF'}) {
                assertNull(Utf8.encode(
                        new StringBuilder(questions).insert(i, surrogate).toString()));
            }
        }
    }

    @Property(tries = 300)
    @Label("what is encoded decodes to the same text")
    void roundTrip(@ForAll String text) {
        byte[] bytes = Utf8.encode(text);
        assertArrayEquals(oracle(text), bytes);
        if (bytes != null) {
            assertEquals(text, Utf8.decode(bytes, 0, bytes.length));
        }
    }
}
