package dev.ferrule.testkit.property;

import dev.ferrule.testkit.deflate.CorruptException;
import dev.ferrule.testkit.deflate.DeflateWriter;
import dev.ferrule.testkit.deflate.Deflation;
import dev.ferrule.testkit.deflate.Inflation;
import dev.ferrule.testkit.deflate.Token;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A compressed message of any blocks.
 *
 * @param parts what its blocks say, in turn
 * @param kinds how they say it: 0 stored, 1 fixed, 2 dynamic
 * @param cuts where it is cut into fragments, in thousandths of its payload
 * @param broken which bit is turned over, in thousandths of its payload; negative for none
 */
record Compressed(List<Bytes> parts, List<Integer> kinds, List<Integer> cuts, int broken) {
    /** Messages that can be inflated. */
    static Arbitrary<Compressed> legal() {
        return any(Arbitraries.just(-1));
    }

    /** Messages with one bit turned over: the model knows which of them still are messages. */
    static Arbitrary<Compressed> damaged() {
        return any(Arbitraries.integers().between(0, 999)).filter(message -> !message.cutOff());
    }

    /** Of a message that ends within a block the RFC says nothing: some take what there is, others fail. */
    private boolean cutOff() {
        try {
            Bytes unused = new Inflation(false, Integer.MAX_VALUE).message(payload());
            return false;
        } catch (CorruptException e) {
            return e.cutOff();
        }
    }

    private static Arbitrary<Compressed> any(Arbitrary<Integer> broken) {
        Arbitrary<Bytes> part = Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(1, 6))
                .as((size, times) -> Bytes.utf8(Bytes.pattern(size).hex().repeat(times)));
        return Combinators.combine(
                        part.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.integers().between(0, 2).list().ofSize(4),
                        Arbitraries.integers().between(0, 1000).list().ofMaxSize(4),
                        broken)
                .as(Compressed::new);
    }

    List<Frame> frames() {
        Bytes payload = payload();
        List<Integer> ends = new ArrayList<>(
                cuts.stream().sorted().map(cut -> cut * payload.size() / 1000).toList());
        ends.add(payload.size());
        List<Frame> frames = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < ends.size(); i++) {
            Bytes part = payload.slice(start, ends.get(i));
            Frame frame =
                    Frame.of(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, part).withFin(i == ends.size() - 1);
            frames.add(i == 0 ? frame.withRsv(Frame.RSV1) : frame);
            start = ends.get(i);
        }
        return frames;
    }

    private Bytes payload() {
        DeflateWriter writer = new DeflateWriter();
        // Windows of its own for each message: then it means the same wherever it stands.
        Deflation deflation = new Deflation(true, 8);
        for (int i = 0; i < parts.size(); i++) {
            block(writer, kinds.get(i), parts.get(i), deflation);
        }
        byte[] payload = writer.message().toArray();
        if (broken >= 0) {
            int bit = (int) ((long) broken * payload.length * 8 / 1000);
            payload[bit / 8] ^= (byte) (1 << bit % 8);
        }
        return Bytes.copyOf(payload);
    }

    private static void block(DeflateWriter writer, int kind, Bytes part, Deflation deflation) {
        List<Token> tokens = deflation.tokens(part);
        if (kind == 0) {
            writer.stored(part);
        } else if (kind == 1) {
            writer.fixed(tokens);
        } else {
            writer.dynamic(tokens);
        }
    }

    @Override
    public String toString() {
        return frames().toString();
    }
}
