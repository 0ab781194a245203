package dev.ferrule.testkit.deflate;

import dev.ferrule.testkit.wire.Bytes;
import java.util.List;

/** Writes a DEFLATE stream block by block, as told, right or wrong. */
public final class DeflateWriter {
    private final BitWriter out = new BitWriter();
    private boolean last;

    /** With nothing in it. */
    public DeflateWriter() {}

    /**
     * Marks the next block as the last one of its stream; what comes behind it begins at a new byte.
     *
     * @return this
     */
    public DeflateWriter last() {
        last = true;
        return this;
    }

    /**
     * A stored block.
     *
     * @param bytes at most 65,535
     * @return this
     */
    public DeflateWriter stored(Bytes bytes) {
        return stored(bytes, bytes.size() ^ 0xFFFF);
    }

    /**
     * A stored block whose second length may be wrong.
     *
     * @param bytes at most 65,535
     * @param complement what stands there
     * @return this
     */
    public DeflateWriter stored(Bytes bytes, int complement) {
        boolean ends = begin(0);
        out.align();
        out.bits(bytes.size(), 16);
        out.bits(complement, 16);
        for (int i = 0; i < bytes.size(); i++) {
            out.bits(bytes.at(i), 8);
        }
        end(ends);
        return this;
    }

    /**
     * A block of the fixed code.
     *
     * @param tokens what it says
     * @return this
     */
    public DeflateWriter fixed(List<Token> tokens) {
        boolean ends = begin(1);
        tokens(tokens, Tables.FIXED_LITERALS, Tables.FIXED_DISTANCES);
        end(ends);
        return this;
    }

    /**
     * A block of the fixed code of literals alone.
     *
     * @param bytes what it says
     * @return this
     */
    public DeflateWriter fixed(Bytes bytes) {
        return fixed(Token.literals(bytes));
    }

    /**
     * A block with a code of its own.
     *
     * @param tokens what it says
     * @return this
     */
    public DeflateWriter dynamic(List<Token> tokens) {
        boolean ends = begin(2);
        DynamicCode code = new DynamicCode(tokens);
        code.write(out);
        tokens(tokens, code.literals(), code.distances());
        end(ends);
        return this;
    }

    /**
     * Bits of any kind, the lowest first.
     *
     * @param value the bits
     * @param count how many of them
     * @return this
     */
    public DeflateWriter bits(int value, int count) {
        out.bits(value, count);
        return this;
    }

    /**
     * {@return the payload of a message: an empty stored block at its end, without the four bytes that the receiver adds
     * (RFC 7692 section 7.2.1)}
     */
    public Bytes message() {
        out.bits(0, 3);
        out.align();
        return Bytes.copyOf(out.bytes());
    }

    /** {@return all bits so far, filled up to a byte} */
    public Bytes raw() {
        out.align();
        return Bytes.copyOf(out.bytes());
    }

    private boolean begin(int type) {
        out.bits(last ? 1 : 0, 1);
        out.bits(type, 2);
        boolean ends = last;
        last = false;
        return ends;
    }

    private void end(boolean ends) {
        if (ends) {
            out.align();
        }
    }

    private void tokens(List<Token> tokens, HuffmanCode literals, HuffmanCode distances) {
        for (Token token : tokens) {
            if (token.distance() == 0) {
                literals.write(token.value(), out);
                continue;
            }
            int length = Tables.index(Tables.LENGTH_BASE, token.value());
            literals.write(257 + length, out);
            out.bits(token.value() - Tables.LENGTH_BASE[length], Tables.LENGTH_EXTRA[length]);
            int far = Tables.index(Tables.DISTANCE_BASE, token.distance());
            distances.write(far, out);
            out.bits(token.distance() - Tables.DISTANCE_BASE[far], Tables.DISTANCE_EXTRA[far]);
        }
        literals.write(Tables.END_OF_BLOCK, out);
    }
}
