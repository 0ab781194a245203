package dev.ferrule.testkit.deflate;

import java.io.ByteArrayOutputStream;

/** Bits of a DEFLATE stream, the lowest of each byte first. */
final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int current;
    private int filled;

    void bits(int value, int count) {
        for (int left = count, rest = value; left > 0; ) {
            int n = Math.min(left, 8 - filled);
            current |= (rest & (1 << n) - 1) << filled;
            rest >>>= n;
            left -= n;
            filled += n;
            if (filled == 8) {
                align();
            }
        }
    }

    /** Fills a byte that has been begun with zeros. */
    void align() {
        if (filled > 0) {
            out.write(current);
            current = 0;
            filled = 0;
        }
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
