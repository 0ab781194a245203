package dev.ferrule.testkit.deflate;

import dev.ferrule.testkit.wire.Bytes;

/**
 * Inflates the messages of one direction of a connection, one after another (RFC 7692 section 7.2.2), and remembers what
 * it saw. Not thread-safe.
 */
public final class Inflation {
    private static final Bytes TAIL = Bytes.hex("00 00 ff ff");

    private final boolean takeover;
    private final int mostBytes;
    private final Window window = new Window();
    private BitReader in = new BitReader(Bytes.EMPTY);
    private int farthest;

    /**
     * With an empty window.
     *
     * @param takeover whether the window outlives a message
     * @param mostBytes how large a message may get, before the rest of it is left alone
     */
    public Inflation(boolean takeover, int mostBytes) {
        this.takeover = takeover;
        this.mostBytes = mostBytes;
    }

    /** {@return the greatest distance of all messages so far} */
    public int farthest() {
        return farthest;
    }

    /**
     * {@return the message; if it is larger than allowed, only the first bytes of it, and one more than allowed}
     *
     * @param payload what all its frames carry
     * @throws CorruptException if that is no DEFLATE stream
     */
    public Bytes message(Bytes payload) throws CorruptException {
        if (!takeover) {
            window.clear();
        }
        window.begin();
        in = new BitReader(payload.plus(TAIL));
        while (!in.ended() && !full()) {
            boolean last = in.bit() == 1;
            block(in.bits(2));
            // Behind a last block another stream may begin, at the next byte (RFC 7692 section 7.2.3.4).
            if (last) {
                in.align();
            }
        }
        return Bytes.copyOf(window.message());
    }

    private boolean full() {
        return window.messageSize() > mostBytes;
    }

    private void block(int type) throws CorruptException {
        switch (type) {
            case 0 -> stored();
            case 1 -> coded(Tables.FIXED_LITERALS, Tables.FIXED_DISTANCES);
            case 2 -> dynamic();
            default -> throw new CorruptException("block type 3", false);
        }
    }

    private void stored() throws CorruptException {
        in.align();
        int length = in.bits(16);
        if ((in.bits(16) ^ length) != 0xFFFF) {
            throw new CorruptException("the length of a stored block and its complement differ", false);
        }
        for (int i = 0; i < length && !full(); i++) {
            window.add(in.bits(8));
        }
    }

    private void dynamic() throws CorruptException {
        int literals = in.bits(5) + 257;
        int distances = in.bits(5) + 1;
        int[] order = new int[19];
        int count = in.bits(4) + 4;
        for (int i = 0; i < count; i++) {
            order[Tables.ORDER[i]] = in.bits(3);
        }
        if (literals > 286 || distances > 30) {
            throw new CorruptException("more codes than there are symbols", false);
        }
        int[] lengths = lengths(complete(order, "lengths"), literals + distances);
        int[] literalLengths = java.util.Arrays.copyOf(lengths, literals);
        int[] distanceLengths = java.util.Arrays.copyOfRange(lengths, literals, literals + distances);
        if (literalLengths[Tables.END_OF_BLOCK] == 0) {
            throw new CorruptException("no code for the end of the block", false);
        }
        coded(complete(literalLengths, "literals"), complete(distanceLengths, "distances"));
    }

    private int[] lengths(HuffmanCode code, int size) throws CorruptException {
        int[] lengths = new int[size];
        int at = 0;
        while (at < size) {
            int symbol = code.read(in);
            if (symbol < 16) {
                lengths[at++] = symbol;
                continue;
            }
            if (symbol == 16 && at == 0) {
                throw new CorruptException("a repetition of nothing", false);
            }
            int value = symbol == 16 ? lengths[at - 1] : 0;
            int times = symbol == 16 ? 3 + in.bits(2) : symbol == 17 ? 3 + in.bits(3) : 11 + in.bits(7);
            if (at + times > size) {
                throw new CorruptException("a repetition beyond the last code", false);
            }
            java.util.Arrays.fill(lengths, at, at + times, value);
            at += times;
        }
        return lengths;
    }

    /** A code that leaves nothing over; only one of a single symbol, or of none, may (RFC 1951 section 3.2.7). */
    private static HuffmanCode complete(int[] lengths, String what) throws CorruptException {
        HuffmanCode code = new HuffmanCode(lengths);
        // RFC 1951 section 3.2.7: a single code has one bit, and without copies there is no code for distances at all.
        boolean none = code.used() == 0 && what.equals("distances");
        boolean single = code.used() == 1 && code.shortest() == 1 && !what.equals("lengths");
        if (code.left() < 0 || (code.left() > 0 && !none && !single)) {
            throw new CorruptException("the code for " + what + " is not complete", false);
        }
        return code;
    }

    private void coded(HuffmanCode literals, HuffmanCode distances) throws CorruptException {
        while (!full()) {
            int symbol = literals.read(in);
            if (symbol == Tables.END_OF_BLOCK) {
                return;
            }
            if (symbol < Tables.END_OF_BLOCK) {
                window.add(symbol);
            } else {
                copy(symbol - 257, distances);
            }
        }
    }

    private void copy(int symbol, HuffmanCode distances) throws CorruptException {
        if (symbol >= Tables.LENGTH_BASE.length) {
            throw new CorruptException("a length that stands for nothing", false);
        }
        int length = Tables.LENGTH_BASE[symbol] + in.bits(Tables.LENGTH_EXTRA[symbol]);
        int far = distances.read(in);
        if (far >= Tables.DISTANCE_BASE.length) {
            throw new CorruptException("a distance that stands for nothing", false);
        }
        int distance = Tables.DISTANCE_BASE[far] + in.bits(Tables.DISTANCE_EXTRA[far]);
        if (distance > window.size()) {
            throw new CorruptException("distance " + distance + " reaches back before the first byte", false);
        }
        farthest = Math.max(farthest, distance);
        for (int i = 0; i < length; i++) {
            window.add(window.at(distance));
        }
    }
}
