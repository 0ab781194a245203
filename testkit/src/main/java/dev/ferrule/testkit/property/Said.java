package dev.ferrule.testkit.property;

import dev.ferrule.testkit.model.Message;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One message as it goes over the wire.
 *
 * @param message what must come back
 * @param cuts where it is cut into fragments, in thousandths of its length
 * @param controls what stands before each fragment, as far as there are fragments
 * @param seed of the masking keys
 */
record Said(Message message, List<Integer> cuts, List<Control> controls, long seed) {
    /**
     * A ping or a pong.
     *
     * @param ping which of the two
     * @param payload its payload
     */
    record Control(boolean ping, Bytes payload) {
        Frame frame() {
            return Frame.of(ping ? Opcode.PING : Opcode.PONG, payload);
        }
    }

    /** All frames, with a key of its own for each. */
    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        List<Integer> ends = new ArrayList<>(cuts.stream()
                .sorted()
                .map(cut -> (int) ((long) cut * message.payload().size() / 1000))
                .toList());
        ends.add(message.payload().size());
        int start = 0;
        for (int i = 0; i < ends.size(); i++) {
            if (i < controls.size()) {
                frames.add(controls.get(i).frame());
            }
            Bytes part = message.payload().slice(start, ends.get(i));
            frames.add(Frame.of(i == 0 ? message.opcode() : Opcode.CONTINUATION, part)
                    .withFin(i == ends.size() - 1));
            start = ends.get(i);
        }
        SplittableRandom keys = new SplittableRandom(seed);
        return frames.stream()
                .map(frame -> frame.withMasking(new Masking(true, keys.nextInt())))
                .toList();
    }

    @Override
    public String toString() {
        return frames().toString();
    }
}
