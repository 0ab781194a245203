package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.LATE;
import static dev.ferrule.testkit.scenario.Plays.echo;
import static dev.ferrule.testkit.scenario.Plays.frames;
import static dev.ferrule.testkit.scenario.Plays.violation;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.List;

/** UTF-8: RFC 6455 section 8.1. */
final class TextScenarios {
    /** One for each way to leave the automaton of RFC 3629. */
    private static final List<String> INVALID = List.of(
            "80",
            "bf",
            "c0 80",
            "c1 bf",
            "c2 41",
            "c3 c3",
            "e0 80 80",
            "e0 9f bf",
            "e1 41 80",
            "e1 80 41",
            "ed a0 80",
            "ed bf bf",
            "ef bf 41",
            "f0 80 80 80",
            "f0 8f bf bf",
            "f1 41 80 80",
            "f1 80 41 80",
            "f1 80 80 41",
            "f4 90 80 80",
            "f5 80 80 80",
            "f8 88 80 80 80",
            "fc 84 80 80 80 80",
            "fe",
            "ff");

    private static final List<String> STUBS =
            List.of("c2", "df", "e0", "e2 82", "ed 9f", "ef bf", "f0", "f0 9f", "f0 9f 98");

    private static final List<String> BORDERS = List.of(
            "00",
            "7f",
            "c2 80",
            "df bf",
            "e0 a0 80",
            "ed 9f bf",
            "ee 80 80",
            "ef bf bd",
            "ef bf be",
            "ef bf bf",
            "ef bb bf",
            "f0 90 80 80",
            "f4 8f bf bf");

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        TextScenarios family = new TextScenarios();
        family.invalid();
        family.stubs();
        family.split();
        family.position();
        family.state();
        return family.rows;
    }

    private void invalid() {
        for (String hex : INVALID) {
            Bytes text = wrapped(hex);
            add("6455-8.1-1", hex, violation(Frame.text(text)));
            add(
                    "6455-8.1-1",
                    hex + " byte by byte in fragments",
                    frames(
                            Step.send(Frame.text("before")),
                            Step.barrier(),
                            Step.send(bytewise(text)),
                            Step.send(Frame.text(LATE))));
        }
        Bytes late = Bytes.repeat('x', 60_000).plus(Bytes.hex("ed a0 80")).plus(Bytes.repeat('x', 100));
        add("6455-8.1-1", "late in a long message", violation(Frame.text(late)));
    }

    private void stubs() {
        for (String hex : STUBS) {
            Bytes text = Bytes.utf8("cut ").plus(Bytes.hex(hex));
            add("6455-8.1-2", hex, violation(Frame.text(text)));
            add(
                    "6455-8.1-2",
                    hex + " in the last of two fragments",
                    frames(Step.send(Frame.text("a").notFinal(), Frame.continuation(text), Frame.text(LATE))));
            add(
                    "6455-8.1-2",
                    hex + " and an empty fragment",
                    frames(Step.send(
                            Frame.text(text).notFinal(), Frame.continuation(""), Frame.text(LATE), Frame.ping(LATE))));
        }
    }

    private void split() {
        for (String hex : List.of("c3 a9", "e2 82 ac", "f0 9f 98 80")) {
            Bytes character = Bytes.hex(hex);
            for (int i = 1; i < character.size(); i++) {
                Frame head = Frame.text(character.slice(0, i)).notFinal();
                Frame tail = Frame.continuation(character.slice(i, character.size()));
                add("6455-8.1-3", hex + " after byte " + i, echo(head, tail));
                add(
                        "6455-8.1-3",
                        hex + " after byte " + i + " with a ping",
                        frames(
                                Step.send(head, Frame.ping("inside a character")),
                                Step.barrier(),
                                Step.send(tail),
                                Step.barrier()));
            }
        }
        for (String hex : BORDERS) {
            add("6455-8.1-3", "valid " + hex, echo(Frame.text(Bytes.hex(hex)), Frame.text(wrapped(hex))));
            add("6455-8.1-3", "valid " + hex + " byte by byte in fragments", echo(bytewise(wrapped(hex))));
        }
    }

    private void position() {
        Frame bad = Frame.text(Bytes.hex("61 ff 62"));
        rows.add(Scenario.of(
                "6455-8.1-4/first-fragment",
                "in a first fragment, the rest never comes",
                frames(Step.send(bad.notFinal(), Frame.ping("?")))));
        rows.add(Scenario.of(
                "6455-8.1-4/within-frame",
                "in a frame that never ends",
                frames(new Step.SendPart(Frame.text(Bytes.hex("61 ff").plus(Bytes.repeat('x', 98))), 40))));
    }

    private void state() {
        Bytes half = Bytes.hex("c3");
        Bytes rest = Bytes.hex("a9");
        add(
                "6455-8.1-5",
                "half a character in a binary message, the rest in a text",
                frames(Step.send(Frame.binary(half)), Step.barrier(), Step.send(Frame.text(rest), Frame.text(LATE))));
        add(
                "6455-8.1-5",
                "half a character in a ping",
                frames(
                        Step.send(Frame.of(Opcode.PING, half)),
                        Step.barrier(),
                        Step.send(Frame.text(rest), Frame.text(LATE))));
        add(
                "6455-8.1-5",
                "half a character in a ping inside a message",
                frames(
                        Step.send(Frame.text("a").notFinal(), Frame.of(Opcode.PING, half)),
                        Step.barrier(),
                        Step.send(Frame.continuation("b")),
                        Step.barrier()));
        Frame bad = Frame.text(Bytes.hex("ff"));
        add(
                "6455-10.7-2",
                "in the second message",
                frames(Step.send(Frame.text("\u20ac")), Step.barrier(), Step.send(bad, Frame.text(LATE))));
        add(
                "6455-10.7-2",
                "after a fragmented message",
                frames(
                        Step.send(Frame.text("a").notFinal(), Frame.continuation("b")),
                        Step.barrier(),
                        Step.send(bad, Frame.text(LATE))));
        add(
                "6455-10.7-2",
                "after a binary message",
                frames(Step.send(Frame.binary(Bytes.hex("ff"))), Step.barrier(), Step.send(bad, Frame.text(LATE))));
        add(
                "6455-10.7-2",
                "a reserved bit after a hundred messages",
                frames(
                        Step.send(java.util.Collections.nCopies(100, Frame.text("x"))
                                .toArray(Frame[]::new)),
                        Step.barrier(),
                        Step.send(Frame.text("y").withRsv(1), Frame.text(LATE))));
    }

    private static Bytes wrapped(String hex) {
        return Bytes.utf8("ok ").plus(Bytes.hex(hex)).plus(Bytes.utf8(" ok"));
    }

    private static Frame[] bytewise(Bytes text) {
        Frame[] frames = new Frame[text.size()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Frame.of(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, text.slice(i, i + 1))
                    .withFin(i == frames.length - 1);
        }
        return frames;
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
