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

/** Control frames: RFC 6455 section 5.5 without the Close. */
final class ControlScenarios {
    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        ControlScenarios family = new ControlScenarios();
        family.form();
        family.pings();
        family.pongs();
        return family.rows;
    }

    private void form() {
        for (int opcode : List.of(Opcode.PING, Opcode.PONG, Opcode.CLOSE)) {
            String name = Opcode.name(opcode);
            for (int size : List.of(126, 127, 65_535, 65_536)) {
                add("6455-5.5-1", name + " of " + size, violation(Frame.of(opcode, payload(opcode, size))));
            }
            Frame small = Frame.of(opcode, payload(opcode, 5)).notFinal();
            add(
                    "6455-5.5-1",
                    name + " of 126 inside a message",
                    violationWithin(Frame.of(opcode, payload(opcode, 126))));
            add("6455-5.5-2", name, violation(small));
            add(
                    "6455-5.5-2",
                    name + " without payload",
                    violation(Frame.of(opcode, Bytes.EMPTY).notFinal()));
            add("6455-5.5-2", name + " inside a message", violationWithin(small));
            add(
                    "6455-5.5-2",
                    name + " and a continuation",
                    frames(
                            Step.send(Frame.text("before")),
                            Step.barrier(),
                            Step.send(small, Frame.continuation("rest"), Frame.text(LATE), Frame.ping(LATE))));
        }
    }

    private void pings() {
        for (int size : List.of(0, 1, 2, 7, 124, 125)) {
            add("6455-5.5.2-1", size + " bytes", echo(Frame.of(Opcode.PING, Bytes.repeat('p', size))));
        }
        add("6455-5.5.2-1", "invalid UTF-8", echo(Frame.of(Opcode.PING, Bytes.hex("ff fe c0 80"))));
        add("6455-5.5.2-1", "zero bytes", echo(Frame.of(Opcode.PING, Bytes.repeat(0, 16))));
        List<Step> lengths = new ArrayList<>();
        for (int size = 0; size <= 125; size++) {
            lengths.add(Step.send(Frame.of(Opcode.PING, Bytes.pattern(size))));
            lengths.add(Step.barrier());
        }
        add("6455-5.5.2-1", "every length, one after another", new Play.Frames(Opening.CORRECT, lengths));
        add(
                "6455-5.5.2-1",
                "between messages",
                echo(Frame.text("a"), Frame.ping("1"), Frame.text("b"), Frame.ping("2"), Frame.text("c")));
        for (int count : List.of(2, 10, 50)) {
            Frame[] pings = new Frame[count];
            for (int i = 0; i < count; i++) {
                pings[i] = Frame.ping("ping " + i);
            }
            add("6455-5.5.3-1", count + " pings in one write", echo(pings));
        }
        add(
                "6455-5.5.2-2",
                "Close and ping in one write",
                frames(Step.send(Frame.close(1000, ""), Frame.ping("after the Close"))));
        add("6455-5.5.2-2", "empty Close and ping", frames(Step.send(Frame.close(), Frame.ping("after the Close"))));
    }

    private void pongs() {
        add("6455-5.5.3-2", "with payload", echo(Frame.pong("unasked"), Frame.text("a")));
        add("6455-5.5.3-2", "without payload", echo(Frame.pong(""), Frame.ping("p")));
        add("6455-5.5.3-2", "of 125 bytes", echo(Frame.of(Opcode.PONG, Bytes.pattern(125)), Frame.ping("p")));
        add(
                "6455-5.5.3-2",
                "ten of them",
                echo(java.util.Collections.nCopies(10, Frame.pong("x")).toArray(Frame[]::new)));
        add("6455-5.5.3-2", "before a ping of the same payload", echo(Frame.pong("same"), Frame.ping("same")));
    }

    private static Bytes payload(int opcode, int size) {
        return opcode == Opcode.CLOSE
                ? Bytes.of(0x03, 0xE8).plus(Bytes.repeat('r', size - 2))
                : Bytes.repeat('p', size);
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
