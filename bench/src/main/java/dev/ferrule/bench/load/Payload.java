package dev.ferrule.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What messages carry. */
public enum Payload {
    /** Text of ASCII alone. */
    TEXT('T', "Ferrules fit any terminal: crimp once, connect anywhere; 0123456789. "),
    /** Text of which one character in three takes two, three or four bytes. */
    UNICODE('U', "Zürich – Kraków, смотри: 東京 12 €, naïve façade 🚲 ok; "),
    /** Binary that doesn't compress. */
    BINARY('B', "");

    private final char letter;
    private final String pattern;

    Payload(char letter, String pattern) {
        this.letter = letter;
        this.pattern = pattern;
    }

    /**
     * The payload that a letter stands for.
     *
     * @param letter T, U or B
     * @return which
     * @throws IllegalArgumentException if it is none of them
     */
    public static Payload of(char letter) {
        return Arrays.stream(values())
                .filter(payload -> payload.letter == letter)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("payload is '" + letter + "', T, U and B are known"));
    }

    /**
     * The letter for names of cells.
     *
     * @return T, U or B
     */
    public char letter() {
        return letter;
    }

    /**
     * Whether it is text.
     *
     * @return false for binary
     */
    public boolean text() {
        return this != BINARY;
    }

    /**
     * A payload of exactly so many bytes; characters are whole.
     *
     * @param size at least 0
     * @return the bytes
     */
    public byte[] bytes(int size) {
        if (this == BINARY) {
            byte[] random = new byte[size];
            new SplittableRandom(17).nextBytes(random);
            return random;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        for (int at = 0; bytes.size() < size; at = pattern.offsetByCodePoints(at, 1) % pattern.length()) {
            byte[] next = Character.toString(pattern.codePointAt(at)).getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(bytes.size() + next.length <= size ? next : new byte[] {'.'});
        }
        return bytes.toByteArray();
    }
}
