package dev.ferrule.testkit.wire;

/**
 * Valid UTF-8 byte by byte, straight from the table of RFC 3629 section 4.
 *
 * <p>Overlong forms, surrogates and everything above U+10FFFF are refused at the first byte that cannot belong to a
 * valid sequence, which is what makes "fails at once" testable.
 */
public final class Utf8Automaton {
    private int missing;
    private int lowest = 0x80;
    private int highest = 0xBF;

    /** At the beginning of a text. */
    public Utf8Automaton() {}

    /**
     * {@return whether all the bytes are one complete valid text}
     *
     * @param bytes the bytes
     */
    public static boolean valid(Bytes bytes) {
        Utf8Automaton automaton = new Utf8Automaton();
        return automaton.accepts(bytes) && automaton.complete();
    }

    /**
     * {@return whether the text is still valid with all these bytes}
     *
     * @param bytes the bytes
     */
    public boolean accepts(Bytes bytes) {
        for (int i = 0; i < bytes.size(); i++) {
            if (!accepts(bytes.at(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return whether the text is still valid with this byte, 0 to 255; after a no, the automaton is spent}
     *
     * @param next the byte
     */
    public boolean accepts(int next) {
        if (missing == 0) {
            return starts(next);
        }
        if (next < lowest || next > highest) {
            return false;
        }
        lowest = 0x80;
        highest = 0xBF;
        missing--;
        return true;
    }

    /** {@return whether the text could end here} */
    public boolean complete() {
        return missing == 0;
    }

    private boolean starts(int next) {
        if (next <= 0x7F) {
            return true;
        }
        if (next < 0xC2 || next > 0xF4) {
            return false;
        }
        missing = next >= 0xF0 ? 3 : next >= 0xE0 ? 2 : 1;
        switch (next) {
            case 0xE0 -> lowest = 0xA0;
            case 0xED -> highest = 0x9F;
            case 0xF0 -> lowest = 0x90;
            case 0xF4 -> highest = 0x8F;
            default -> {}
        }
        return true;
    }
}
