package dev.ferrule.testkit.deflate;

import dev.ferrule.testkit.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a compressed block says: a byte, or a repetition.
 *
 * @param value the byte, or the length of the repetition, 3 to 258
 * @param distance how far back the repeated bytes begin, 1 to 32,768; 0 for a byte
 */
public record Token(int value, int distance) {
    /**
     * {@return each byte for itself}
     *
     * @param bytes the bytes
     */
    public static List<Token> literals(Bytes bytes) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < bytes.size(); i++) {
            tokens.add(new Token(bytes.at(i), 0));
        }
        return tokens;
    }

    /**
     * {@return a repetition}
     *
     * @param length how many bytes
     * @param distance how far back they begin
     */
    public static Token copy(int length, int distance) {
        return new Token(length, distance);
    }
}
