package dev.ferrule.testkit.deflate;

import dev.ferrule.testkit.wire.Bytes;

/** Bits of a DEFLATE stream, the lowest of each byte first (RFC 1951 section 3.1.1). */
final class BitReader {
    private final Bytes bytes;
    private int at;
    private int bit;

    BitReader(Bytes bytes) {
        this.bytes = bytes;
    }

    int bit() throws CorruptException {
        if (at >= bytes.size()) {
            throw new CorruptException("the stream ends within a block", true);
        }
        int value = bytes.at(at) >> bit & 1;
        bit++;
        if (bit == 8) {
            bit = 0;
            at++;
        }
        return value;
    }

    int bits(int count) throws CorruptException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value |= bit() << i;
        }
        return value;
    }

    /** Passes over the rest of a byte that has been begun. */
    void align() {
        if (bit > 0) {
            bit = 0;
            at++;
        }
    }

    /** Whether every bit has been read. */
    boolean ended() {
        return at >= bytes.size();
    }
}
