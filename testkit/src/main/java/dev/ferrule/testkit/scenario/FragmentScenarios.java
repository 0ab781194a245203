package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.LATE;
import static dev.ferrule.testkit.scenario.Plays.echo;
import static dev.ferrule.testkit.scenario.Plays.frames;
import static dev.ferrule.testkit.scenario.Plays.violation;
import static dev.ferrule.testkit.scenario.Plays.violationWithin;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.List;

/** Fragmentation and data: RFC 6455 sections 5.4, 5.6 and 6. */
final class FragmentScenarios {
    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        FragmentScenarios family = new FragmentScenarios();
        family.order();
        family.control();
        family.joined();
        family.data();
        return family.rows;
    }

    private void order() {
        add("6455-5.4-1", "FIN 1", violation(Frame.continuation("x")));
        add("6455-5.4-1", "FIN 0", violation(Frame.continuation("x").notFinal()));
        add("6455-5.4-1", "empty", violation(Frame.continuation("")));
        add("6455-5.4-1", "as the first frame of all", first(Frame.continuation("x")));
        add(
                "6455-5.4-1",
                "not final as the first frame of all",
                first(Frame.continuation("x").notFinal()));
        add(
                "6455-5.4-1",
                "after a fragmented message",
                frames(
                        Step.send(Frame.text("a").notFinal(), Frame.continuation("b")),
                        Step.barrier(),
                        Step.send(Frame.continuation("c"), Frame.text(LATE))));
        add(
                "6455-5.4-1",
                "after a ping",
                frames(
                        Step.send(Frame.ping("p")),
                        Step.barrier(),
                        Step.send(Frame.continuation("c"), Frame.text(LATE))));
        for (int outer : List.of(Opcode.TEXT, Opcode.BINARY)) {
            for (int inner : List.of(Opcode.TEXT, Opcode.BINARY)) {
                String what = Opcode.name(inner) + " in " + Opcode.name(outer);
                Frame frame = Frame.of(inner, Bytes.utf8("inner"));
                add("6455-5.4-2", what, violationWithin(outer, frame));
                add("6455-5.4-2", what + " FIN 0", violationWithin(outer, frame.notFinal()));
            }
        }
        add("6455-5.4-2", "empty TEXT in TEXT", violationWithin(Frame.text("")));
    }

    private void control() {
        for (int opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
            String name = Opcode.name(opcode);
            Frame begin = Frame.of(opcode, Bytes.utf8("one ")).notFinal();
            add(
                    "6455-5.4-3",
                    "a ping in " + name + " is answered before the message ends",
                    frames(
                            Step.send(begin, Frame.ping("inside")),
                            Step.barrier(),
                            Step.send(Frame.continuation("two")),
                            Step.barrier()));
            add(
                    "6455-5.4-3",
                    "pings in every gap of " + name,
                    frames(
                            Step.send(begin, Frame.ping("1"), Frame.ping("2")),
                            Step.barrier(),
                            Step.send(Frame.continuation("two ").notFinal(), Frame.ping("3")),
                            Step.barrier(),
                            Step.send(Frame.continuation("three")),
                            Step.barrier()));
            add(
                    "6455-5.4-3",
                    "pongs in every gap of " + name,
                    echo(
                            begin,
                            Frame.pong("1"),
                            Frame.continuation("two").notFinal(),
                            Frame.pong(""),
                            Frame.continuation("3")));
        }
        add(
                "6455-5.4-3",
                "pings and fragments in one write",
                echo(
                        Frame.ping("0"),
                        Frame.text("a").notFinal(),
                        Frame.ping("1"),
                        Frame.continuation("b").notFinal(),
                        Frame.ping("2"),
                        Frame.continuation("c"),
                        Frame.ping("3")));
    }

    private void joined() {
        for (int opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
            String name = Opcode.name(opcode);
            add("6455-5.4-4", name + " in 2 fragments", echo(fragments(opcode, List.of("Hel", "lo"))));
            add("6455-5.4-4", name + " in 3 fragments", echo(fragments(opcode, List.of("a", "bc", "d"))));
            add("6455-5.4-4", name + " first fragment empty", echo(fragments(opcode, List.of("", "abc"))));
            add("6455-5.4-4", name + " middle fragment empty", echo(fragments(opcode, List.of("a", "", "bc"))));
            add("6455-5.4-4", name + " last fragment empty", echo(fragments(opcode, List.of("abc", ""))));
            add("6455-5.4-4", name + " all fragments empty", echo(fragments(opcode, List.of("", "", ""))));
            add("6455-5.4-4", name + " in 500 fragments", echo(fragments(opcode, numbers(500))));
            add(
                    "6455-5.4-4",
                    name + " 500 empty fragments",
                    echo(fragments(opcode, java.util.Collections.nCopies(500, ""))));
        }
        Frame[] mixed = {
            Frame.text("a").notFinal(), Frame.continuation("b"),
                    Frame.binary(Bytes.of(1)).notFinal(),
            Frame.continuation(Bytes.of(2)), Frame.text("c"), Frame.binary(Bytes.of(3))
        };
        add("6455-5.4-4", "types change from message to message", echo(mixed));
        Frame[] large = {
            Frame.binary(Bytes.pattern(30_000)).notFinal(),
            Frame.continuation(Bytes.pattern(20_000)).notFinal(),
            Frame.continuation(Bytes.pattern(15_536))
        };
        add("6455-5.4-4", "large fragments", echo(large));
    }

    private void data() {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            values.add(i);
        }
        Bytes all = Bytes.of(values.stream().mapToInt(Integer::intValue).toArray());
        add("6455-5.6-2", "all byte values", echo(Frame.binary(all)));
        add("6455-5.6-2", "invalid UTF-8", echo(Frame.binary(Bytes.hex("c0 80 ed a0 80 f5 ff fe"))));
        add(
                "6455-5.6-2",
                "invalid UTF-8 in fragments",
                echo(Frame.binary(Bytes.hex("c3")).notFinal(), Frame.continuation(Bytes.hex("28 ff"))));
        add(
                "6455-5.6-1",
                "ASCII, two, three and four bytes a character",
                echo(Frame.text("a\u00e9\u20ac\ud83d\ude00z")));
        add("6455-5.6-1", "space at both ends", echo(Frame.text(" \t\r\n text \u00a0\n\t ")));
        add("6455-5.6-1", "line ends of all kinds", echo(Frame.text("\r\na\nb\rc\r\nd\u0085e\u2028f\u2029\r\n")));
        add("6455-5.6-1", "zero bytes", echo(Frame.text("\0a\0b"), Frame.text("\0")));
        add(
                "6455-5.6-1",
                "composed and decomposed",
                echo(Frame.text("\u00e9 e\u0301 \ufb01 \u212b \u1e69 s\u0323\u0307")));
        add("6455-5.6-1", "a byte order mark", echo(Frame.text("\ufefftext\ufeff"), Frame.text("\ufeff")));
        Frame[] numbered = numbers(200).stream().map(Frame::text).toArray(Frame[]::new);
        add("6455-6.2-1", "200 numbered messages in one write", echo(numbered));
        Frame[] tiny = java.util.Collections.nCopies(1000, Frame.text("x")).toArray(Frame[]::new);
        add("6455-6.2-1", "1000 equal messages in one write", echo(tiny));
        Frame[] sizes = new Frame[40];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = i % 2 == 0 ? Frame.binary(Bytes.pattern(i * 397)) : Frame.text("message " + i);
        }
        add("6455-6.2-1", "large and small messages in turn", echo(sizes));
    }

    private static Play first(Frame frame) {
        return frames(Step.send(frame, Frame.text(LATE)));
    }

    private static List<String> numbers(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> "no. " + i + " ")
                .toList();
    }

    static Frame[] fragments(int opcode, List<String> parts) {
        Frame[] frames = new Frame[parts.size()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Frame.of(i == 0 ? opcode : Opcode.CONTINUATION, Bytes.utf8(parts.get(i)))
                    .withFin(i == frames.length - 1);
        }
        return frames;
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
