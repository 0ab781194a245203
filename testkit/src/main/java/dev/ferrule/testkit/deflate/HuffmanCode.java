package dev.ferrule.testkit.deflate;

/** A canonical Huffman code (RFC 1951 section 3.2.2). */
final class HuffmanCode {
    private static final int LONGEST = 15;

    private final int[] lengths;
    private final int[] count = new int[LONGEST + 1];
    private final int[] first = new int[LONGEST + 1];
    private final int[] offset = new int[LONGEST + 1];
    private final int[] symbols;

    HuffmanCode(int[] lengths) {
        this.lengths = lengths.clone();
        this.symbols = new int[lengths.length];
        for (int length : lengths) {
            count[length]++;
        }
        count[0] = 0;
        for (int length = 1; length < LONGEST; length++) {
            offset[length + 1] = offset[length] + count[length];
            first[length + 1] = (first[length] + count[length]) << 1;
        }
        int[] next = offset.clone();
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = symbol;
            }
        }
    }

    /** How many codes of the longest length are left over: none if the code is complete, negative if there are too many. */
    int left() {
        int left = 1;
        for (int length = 1; length <= LONGEST; length++) {
            left = (left << 1) - count[length];
            if (left < 0) {
                return left;
            }
        }
        return left;
    }

    /** The length of the shortest code; 16 without any. */
    int shortest() {
        int length = 1;
        while (length <= LONGEST && count[length] == 0) {
            length++;
        }
        return length;
    }

    /** How many symbols have a code. */
    int used() {
        int used = 0;
        for (int length = 1; length <= LONGEST; length++) {
            used += count[length];
        }
        return used;
    }

    int read(BitReader in) throws CorruptException {
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code = code << 1 | in.bit();
            int index = code - first[length];
            if (index < count[length]) {
                return symbols[offset[length] + index];
            }
        }
        throw new CorruptException("a code that stands for nothing", false);
    }

    /** Writes the code of a symbol, its highest bit first. */
    void write(int symbol, BitWriter out) {
        int length = lengths[symbol];
        if (length == 0) {
            throw new IllegalArgumentException("symbol " + symbol + " has no code");
        }
        int code = first[length];
        for (int i = offset[length]; symbols[i] != symbol; i++) {
            code++;
        }
        for (int i = length - 1; i >= 0; i--) {
            out.bits(code >> i & 1, 1);
        }
    }
}
