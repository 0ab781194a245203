package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.echo;
import static dev.ferrule.testkit.scenario.Plays.frames;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Segments, sudden ends, limits. */
final class TransportScenarios {
    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all(MessageLimit limit) {
        TransportScenarios family = new TransportScenarios();
        family.segments();
        family.lost();
        family.announced();
        family.hardship();
        if (limit.exact() && limit.bytes() <= 1 << 20) {
            family.limit((int) limit.bytes());
        }
        return family.rows;
    }

    private void segments() {
        Frame[] stream = {
            Frame.text("one"),
            Frame.ping("two"),
            Frame.binary(Bytes.pattern(300)),
            Frame.text("f").notFinal(),
            Frame.pong("x"),
            Frame.continuation("our \u20ac"),
            Frame.text("")
        };
        for (int size : List.of(1, 2, 3, 5, 7, 13, 64)) {
            String what = "writes of " + size + " bytes";
            add("6455-6.2-1", what, frames(Step.send(Segmentation.every(size), stream), Step.barrier()));
        }
        List<Play.Frames> splits = new ArrayList<>();
        Frame[] few = {Frame.text("\u20ac"), Frame.ping("p"), Frame.binary(Bytes.pattern(130)), Frame.close(1000, "bye")
        };
        for (int i = 1; i < 185; i++) {
            splits.add(frames(Step.send(Segmentation.at(i), few)));
        }
        rows.addAll(Plays.inParts("6455-6.2-1", "split points of four frames", splits));
        Frame large = Frame.binary(Bytes.pattern(65_536));
        add(
                "6455-6.2-1",
                "65536 bytes in writes of 1000",
                frames(Step.send(Segmentation.every(1000), large), Step.barrier()));
        Segmentation header = new Segmentation(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), false);
        add("6455-6.2-1", "a long header byte by byte", frames(Step.send(header, large), Step.barrier()));
    }

    private void lost() {
        Frame text = Frame.text("never ends");
        lost("idle");
        lost("inside a header", new Step.SendPart(text, 1));
        lost("inside a payload", new Step.SendPart(text, 9));
        lost("inside a message", Step.send(Frame.text("begun").notFinal(), Frame.ping("p")), Step.barrier());
        lost("inside a ping", new Step.SendPart(Frame.ping("never ends"), 8));
        lost("inside a Close", new Step.SendPart(Frame.close(1000, "never"), 7));
        lost("inside a long length", new Step.SendPart(Frame.binary(Bytes.pattern(70_000)), 6));
    }

    /** Twice: the end of the stream and a reset; and after that the endpoint must still serve. */
    private void lost(String where, Step... steps) {
        for (Step end : List.of(new Step.Finish(), new Step.Reset())) {
            List<Step> all = new ArrayList<>(List.of(steps));
            all.add(end);
            Play.Frames lost = new Play.Frames(Opening.CORRECT, all);
            Play.Frames next = echo(Frame.text("still there?"));
            String what = (end instanceof Step.Reset ? "reset " : "end of stream ") + where;
            add("6455-7.2.1-2", what, new Play.Many(List.of(lost, next)));
        }
    }

    private void hardship() {
        Frame[] burst =
                IntStream.range(0, 500).mapToObj(i -> Frame.text("" + i)).toArray(Frame[]::new);
        add("transport-burst", "five hundred messages in one write", echo(burst));
        Play.Frames next = echo(Frame.text("still there?"));
        Frame large = Frame.binary(Bytes.pattern(60_000));
        List<Play.Frames> writes = new ArrayList<>();
        List<Play.Frames> deaths = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            writes.add(frames(Step.send(large, large, large), new Step.Reset()));
            deaths.add(frames(new Step.Reset()));
            deaths.add(frames(Step.send(Frame.text("begun").notFinal()), new Step.Reset()));
            deaths.add(frames(new Step.SendPart(large, 1000), new Step.Reset()));
            deaths.add(frames(Step.send(Frame.close(1000, "")), new Step.Reset()));
        }
        writes.add(next);
        deaths.add(next);
        rows.add(Scenario.of("transport-reset/while-it-writes", "while it writes", new Play.Many(writes))
                .sized(60_000));
        add("transport-deaths", "forty resets in any state, then an echo", new Play.Many(deaths));
    }

    private void announced() {
        for (long length : List.of(1L << 31, (1L << 32) + 5, 1L << 62)) {
            for (int opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
                Frame frame = Frame.of(opcode, Bytes.utf8("abc")).announcing(length);
                announced(
                        "6455-10.4-1",
                        Opcode.name(opcode) + " announces " + length,
                        frames(Step.send(Frame.text("before")), Step.barrier(), Step.send(frame)));
            }
            Frame rest = Frame.continuation("abc").announcing(length);
            announced(
                    "6455-10.4-1",
                    "CONTINUATION announces " + length,
                    frames(Step.send(Frame.text("a").notFinal(), rest)));
        }
    }

    private void announced(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play).needing(Capability.HEADER_LIMITS));
    }

    private void limit(int limit) {
        Frame over = Frame.binary(Bytes.pattern(limit + 1));
        add("6455-10.4-1", "a message of just the limit", echo(Frame.binary(Bytes.pattern(limit))));
        for (String requirement : List.of("6455-10.4-1", "6455-10.4-2")) {
            add(requirement, "one byte over the limit", frames(Step.send(over, Frame.text(Plays.LATE))));
            add(
                    requirement,
                    "one byte over the limit in two fragments",
                    frames(Step.send(
                            Frame.binary(Bytes.pattern(limit)).notFinal(),
                            Frame.continuation(Bytes.of(1)),
                            Frame.text(Plays.LATE))));
            announced(
                    requirement,
                    "one byte over the limit announced",
                    frames(Step.send(Frame.binary(Bytes.EMPTY).announcing(limit + 1L))));
        }
        add(
                "6455-10.4-1",
                "just the limit in two fragments",
                echo(Frame.binary(Bytes.pattern(limit - 1)).notFinal(), Frame.continuation(Bytes.of(1))));
        add(
                "6455-10.4-1",
                "twice just the limit",
                echo(Frame.binary(Bytes.pattern(limit)), Frame.binary(Bytes.pattern(limit))));
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
