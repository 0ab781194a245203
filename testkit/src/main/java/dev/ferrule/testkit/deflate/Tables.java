package dev.ferrule.testkit.deflate;

import java.util.Arrays;

/** The numbers of RFC 1951 sections 3.2.5 to 3.2.7. */
final class Tables {
    static final int[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };
    static final int[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    static final int[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    static final int[] DISTANCE_EXTRA = {
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
    };
    /** In which order the lengths of the code for lengths come. */
    static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    static final int END_OF_BLOCK = 256;

    static final HuffmanCode FIXED_LITERALS = fixedLiterals();
    static final HuffmanCode FIXED_DISTANCES = fixedDistances();

    private Tables() {}

    private static HuffmanCode fixedLiterals() {
        int[] lengths = new int[288];
        Arrays.fill(lengths, 0, 144, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        Arrays.fill(lengths, 280, 288, 8);
        return new HuffmanCode(lengths);
    }

    private static HuffmanCode fixedDistances() {
        int[] lengths = new int[32];
        Arrays.fill(lengths, 5);
        return new HuffmanCode(lengths);
    }

    /** The index of the last base that is not greater. */
    static int index(int[] bases, int value) {
        int index = Arrays.binarySearch(bases, value);
        return index >= 0 ? index : -index - 2;
    }
}
