package dev.ferrule.testkit.property;

import dev.ferrule.testkit.model.Message;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Lists of legal frames: any messages, in any fragments, with any pings and pongs between, under any masks. */
public final class Conversations {
    private static final int MOST_MESSAGES = 6;
    private static final int MOST_FRAGMENTS = 6;
    private static final int MOST_SEGMENTS = 40;

    private Conversations() {}

    /**
     * Frames of whole messages.
     *
     * @param largest the size of the largest message
     * @return lists of frames, which may be empty
     */
    public static Arbitrary<List<Frame>> frames(int largest) {
        return said(largest)
                .list()
                .ofMaxSize(MOST_MESSAGES)
                .map(messages -> messages.stream()
                        .flatMap(message -> message.frames().stream())
                        .toList());
    }

    /**
     * Ways to cut bytes into writes.
     *
     * @return segmentations of bounded length, so that none takes for ever
     */
    public static Arbitrary<Segmentation> segmentations() {
        Arbitrary<Integer> sizes = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(1, 16)),
                Tuple.of(2, Arbitraries.integers().between(1, 300)),
                Tuple.of(1, Arbitraries.integers().between(1, 20_000)));
        return sizes.list().ofMaxSize(MOST_SEGMENTS).map(list -> new Segmentation(list, false));
    }

    private static Arbitrary<Said> said(int largest) {
        Arbitrary<List<Integer>> cuts =
                Arbitraries.integers().between(0, 1000).list().ofMaxSize(MOST_FRAGMENTS);
        Arbitrary<List<Said.Control>> controls = controls().list().ofMaxSize(MOST_FRAGMENTS);
        return Combinators.combine(messages(largest), cuts, controls, Arbitraries.longs())
                .as(Said::new);
    }

    private static Arbitrary<Said.Control> controls() {
        Arbitrary<Bytes> payloads = Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.integers().between(0, 20)),
                        Tuple.of(1, Arbitraries.of(124, 125)),
                        Tuple.of(1, Arbitraries.integers().between(0, 125)))
                .flatMap(size ->
                        Arbitraries.bytes().array(byte[].class).ofSize(size).map(Bytes::copyOf));
        return Combinators.combine(Arbitraries.of(true, true, false), payloads).as(Said.Control::new);
    }

    private static Arbitrary<Message> messages(int largest) {
        Arbitrary<Message> binary = sizes(largest).map(size -> new Message(Opcode.BINARY, Bytes.pattern(size)));
        Arbitrary<Message> text = Combinators.combine(texts(), sizes(largest))
                .as((some, size) -> new Message(Opcode.TEXT, filled(some, size)));
        return Arbitraries.oneOf(binary, text);
    }

    private static Arbitrary<Integer> sizes(int largest) {
        return Arbitraries.frequencyOf(
                        Tuple.of(10, Arbitraries.integers().between(0, 40)),
                        Tuple.of(4, Arbitraries.of(0, 1, 124, 125, 126, 127, 128)),
                        Tuple.of(3, Arbitraries.integers().between(0, 4096)),
                        Tuple.of(1, Arbitraries.of(65_535, 65_536)))
                .map(size -> Math.min(size, largest));
    }

    private static Arbitrary<String> texts() {
        Arbitrary<Character> characters = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.chars().ascii()),
                Tuple.of(2, Arbitraries.chars().range('\u0080', '\ud7ff')),
                Tuple.of(1, Arbitraries.chars().range('\ue000', '\uffff')));
        Arbitrary<String> pairs =
                Arbitraries.integers().between(0x10000, 0x10FFFF).map(Character::toString);
        return Arbitraries.oneOf(characters.map(String::valueOf), pairs)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    /** The text again and again, and so many letters that the size is right. */
    private static Bytes filled(String text, int size) {
        Bytes unit = Bytes.utf8(text);
        Bytes whole = Bytes.utf8(text.repeat(size / unit.size()));
        return whole.plus(Bytes.repeat('x', size - whole.size()));
    }
}
