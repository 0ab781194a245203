package dev.ferrule.protocol;

import java.util.Arrays;

/**
 * Decompresses a DEFLATE stream (RFC 1951), slowly, and measures what the JDK doesn't show: how far back it refers.
 */
final class Distances {
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final byte[] in;
    private int at;
    private byte[] seen = new byte[1 << 16];
    private int size;
    private int largest;

    private Distances(byte[] in) {
        this.in = in;
    }

    /** How far back the blocks of a message refer at most. */
    static int largest(byte[] compressed, byte[] expected) {
        byte[] whole = Arrays.copyOf(compressed, compressed.length + 4);
        whole[whole.length - 1] = (byte) 0xFF;
        whole[whole.length - 2] = (byte) 0xFF;
        Distances distances = new Distances(whole);
        while (distances.at < 8 * whole.length) {
            distances.block();
        }
        if (!Arrays.equals(expected, Arrays.copyOf(distances.seen, distances.size))) {
            throw new AssertionError("not the message");
        }
        return distances.largest;
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value |= ((in[at >> 3] >> (at & 7)) & 1) << i;
        }
        return value;
    }

    private void put(int b) {
        if (size == seen.length) {
            seen = Arrays.copyOf(seen, 2 * size);
        }
        seen[size++] = (byte) b;
    }

    private void block() {
        bits(1);
        switch (bits(2)) {
            case 0 -> stored();
            case 1 -> {
                int[] literals = new int[288];
                Arrays.fill(literals, 0, 144, 8);
                Arrays.fill(literals, 144, 256, 9);
                Arrays.fill(literals, 256, 280, 7);
                Arrays.fill(literals, 280, 288, 8);
                int[] distances = new int[30];
                Arrays.fill(distances, 5);
                symbols(literals, distances);
            }
            default -> dynamic();
        }
    }

    private void stored() {
        at = (at + 7) & ~7;
        int length = bits(16);
        bits(16);
        for (int i = 0; i < length; i++) {
            put(bits(8));
        }
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int codes = bits(4) + 4;
        int[] lengths = new int[19];
        for (int i = 0; i < codes; i++) {
            lengths[ORDER[i]] = bits(3);
        }
        int[] all = new int[literals + distances];
        for (int i = 0; i < all.length; ) {
            int symbol = symbol(lengths);
            int repeat = symbol < 16 ? 1 : symbol == 16 ? 3 + bits(2) : symbol == 17 ? 3 + bits(3) : 11 + bits(7);
            int value = symbol < 16 ? symbol : symbol == 16 ? all[i - 1] : 0;
            Arrays.fill(all, i, i + repeat, value);
            i += repeat;
        }
        symbols(Arrays.copyOf(all, literals), Arrays.copyOfRange(all, literals, all.length));
    }

    private void symbols(int[] literals, int[] distances) {
        for (int symbol = symbol(literals); symbol != 256; symbol = symbol(literals)) {
            if (symbol < 256) {
                put(symbol);
                continue;
            }
            int length = symbol == 285 ? 258 : 3 + extended(symbol - 257, 4);
            int distance = 1 + extended(symbol(distances), 2);
            largest = Math.max(largest, distance);
            for (int i = 0; i < length; i++) {
                put(seen[size - distance]);
            }
        }
    }

    /** A length or a distance: groups of so many symbols, each with one more extra bit than the group before. */
    private int extended(int symbol, int group) {
        int extra = Math.max(0, symbol / group - 1);
        int base = symbol < group ? symbol : (group + symbol % group) << extra;
        return base + bits(extra);
    }

    /** The next symbol of a canonical Huffman code (section 3.2.2). */
    private int symbol(int[] lengths) {
        int[] codes = new int[16];
        for (int length : lengths) {
            codes[length]++;
        }
        int code = 0;
        int first = 0;
        for (int length = 1; length <= 15; length++) {
            code = (code << 1) | bits(1);
            if (code - first < codes[length]) {
                return nth(lengths, length, code - first);
            }
            first = (first + codes[length]) << 1;
        }
        throw new AssertionError("no such code");
    }

    private static int nth(int[] lengths, int length, int n) {
        int left = n;
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] == length && left-- == 0) {
                return symbol;
            }
        }
        throw new AssertionError("no such symbol");
    }
}
