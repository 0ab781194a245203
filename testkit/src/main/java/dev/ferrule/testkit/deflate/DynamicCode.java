package dev.ferrule.testkit.deflate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A code for just the symbols that a block has; all of nearly the same length, which is not the best but complete. */
final class DynamicCode {
    private final int[] literalLengths;
    private final int[] distanceLengths;

    DynamicCode(List<Token> tokens) {
        TreeSet<Integer> literals = new TreeSet<>(List.of(0, Tables.END_OF_BLOCK));
        TreeSet<Integer> distances = new TreeSet<>();
        for (Token token : tokens) {
            if (token.distance() == 0) {
                literals.add(token.value());
            } else {
                literals.add(257 + Tables.index(Tables.LENGTH_BASE, token.value()));
                distances.add(Tables.index(Tables.DISTANCE_BASE, token.distance()));
            }
        }
        literalLengths = lengths(literals, Math.max(257, literals.last() + 1));
        distanceLengths = distances.isEmpty() ? new int[1] : lengths(distances, distances.last() + 1);
    }

    HuffmanCode literals() {
        return new HuffmanCode(literalLengths);
    }

    HuffmanCode distances() {
        return new HuffmanCode(distanceLengths);
    }

    /** With n symbols and k bits for the longest, 2^k - n of them can have k - 1 bits. */
    private static int[] lengths(Set<Integer> symbols, int size) {
        int bits = Math.max(1, 32 - Integer.numberOfLeadingZeros(symbols.size() - 1));
        int shorter = symbols.size() == 1 ? 0 : (1 << bits) - symbols.size();
        int[] lengths = new int[size];
        for (int symbol : symbols) {
            lengths[symbol] = shorter-- > 0 ? bits - 1 : bits;
        }
        return lengths;
    }

    /** The header of the block (RFC 1951 section 3.2.7); runs of zeros are written as such. */
    void write(BitWriter out) {
        out.bits(literalLengths.length - 257, 5);
        out.bits(distanceLengths.length - 1, 5);
        out.bits(Tables.ORDER.length - 4, 4);
        int[] order = new int[Tables.ORDER.length];
        // Eighteen symbols: fourteen of four bits, four of five.
        java.util.Arrays.fill(order, 0, 14, 4);
        java.util.Arrays.fill(order, 14, 16, 5);
        order[17] = 5;
        order[18] = 5;
        for (int symbol : Tables.ORDER) {
            out.bits(order[symbol], 3);
        }
        HuffmanCode code = new HuffmanCode(order);
        int[] all = java.util.Arrays.copyOf(literalLengths, literalLengths.length + distanceLengths.length);
        System.arraycopy(distanceLengths, 0, all, literalLengths.length, distanceLengths.length);
        for (int at = 0; at < all.length; ) {
            at += write(all, at, code, out);
        }
    }

    private static int write(int[] all, int at, HuffmanCode code, BitWriter out) {
        int run = 0;
        while (at + run < all.length && all[at + run] == 0 && run < 138) {
            run++;
        }
        if (run >= 11) {
            code.write(18, out);
            out.bits(run - 11, 7);
            return run;
        }
        if (run >= 3) {
            code.write(17, out);
            out.bits(run - 3, 3);
            return run;
        }
        code.write(all[at], out);
        return 1;
    }
}
