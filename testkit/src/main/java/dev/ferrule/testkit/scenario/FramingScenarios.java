package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.echo;
import static dev.ferrule.testkit.scenario.Plays.frames;
import static dev.ferrule.testkit.scenario.Plays.violation;
import static dev.ferrule.testkit.scenario.Plays.violationWithin;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.List;

/** Headers, masking and lengths: RFC 6455 sections 5.1 to 5.3. */
final class FramingScenarios {
    private static final List<Integer> STARTING =
            List.of(Opcode.TEXT, Opcode.BINARY, Opcode.PING, Opcode.PONG, Opcode.CLOSE);
    private static final List<Integer> CONTINUING =
            List.of(Opcode.CONTINUATION, Opcode.PING, Opcode.PONG, Opcode.CLOSE);

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all(MessageLimit limit) {
        FramingScenarios family = new FramingScenarios();
        family.monitored();
        family.masking("6455-5.1-2", "unmasked", Masking.WRONG);
        family.masking("6455-5.1-4", "masked", Masking.WRONG);
        family.masking("6455-5.1-4", "masked with key 0", new Masking(false, 0));
        family.reservedBits();
        family.reservedOpcodes();
        family.impossibleLengths();
        family.longLengthForms();
        family.sizes(limit.bytes());
        family.keys();
        return family.rows;
    }

    /** The monitor looks at every frame of every scenario; here it gets one of each kind. */
    private void monitored() {
        Play everyKind = frames(
                Step.send(Frame.text("short"), Frame.text(""), Frame.binary(Bytes.pattern(200)), Frame.ping("p")),
                Step.barrier(),
                Step.send(Frame.binary(Bytes.pattern(65_536)), Frame.ping("")),
                Step.barrier());
        for (String requirement : List.of("6455-5.1-1", "6455-5.1-3", "6455-5.2-4a", "6455-5.4-5", "6455-9-1")) {
            add(requirement, "frames of every kind", everyKind);
        }
    }

    private void masking(String requirement, String how, Masking masking) {
        for (int opcode : STARTING) {
            add(
                    requirement,
                    how + " " + Opcode.name(opcode),
                    violation(sample(opcode).withMasking(masking)));
        }
        for (int opcode : CONTINUING) {
            String what = how + " " + Opcode.name(opcode) + " inside a message";
            add(requirement, what, violationWithin(sample(opcode).withMasking(masking)));
        }
        add(requirement, how + " and empty TEXT", violation(Frame.text("").withMasking(masking)));
        Frame fragment = Frame.text("abc").notFinal().withMasking(masking);
        add(requirement, how + " first fragment", violation(fragment));
    }

    private void reservedBits() {
        for (int rsv = 1; rsv <= 7; rsv++) {
            for (int opcode : STARTING) {
                String what = "RSV " + rsv + " on " + Opcode.name(opcode);
                add("6455-5.2-1", what, violation(sample(opcode).withRsv(rsv)));
            }
            for (int opcode : CONTINUING) {
                String what = "RSV " + rsv + " on " + Opcode.name(opcode) + " inside a message";
                add("6455-5.2-1", what, violationWithin(sample(opcode).withRsv(rsv)));
            }
        }
    }

    private void reservedOpcodes() {
        for (int opcode : List.of(0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF)) {
            String name = Opcode.name(opcode);
            add("6455-5.2-2", name + " empty", violation(Frame.of(opcode, Bytes.EMPTY)));
            add("6455-5.2-2", name + " with payload", violation(Frame.of(opcode, Bytes.utf8("abc"))));
            add(
                    "6455-5.2-2",
                    name + " FIN 0",
                    violation(Frame.of(opcode, Bytes.utf8("abc")).notFinal()));
            add("6455-5.2-2", name + " inside a message", violationWithin(Frame.of(opcode, Bytes.utf8("abc"))));
        }
    }

    private void impossibleLengths() {
        for (int opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
            for (long length : List.of(0x8000000000000005L, Long.MIN_VALUE, -1L)) {
                String what = Opcode.name(opcode) + " of " + Long.toUnsignedString(length) + " bytes";
                add(
                        "6455-5.2-3",
                        what,
                        violation(Frame.of(opcode, Bytes.utf8("abc")).announcing(length)));
            }
        }
        Frame continuation = Frame.continuation("abc").announcing(Long.MIN_VALUE);
        add("6455-5.2-3", "CONTINUATION of 2^63 bytes", violationWithin(continuation));
    }

    private void longLengthForms() {
        for (int size : List.of(0, 1, 125)) {
            Frame frame = Frame.binary(Bytes.pattern(size));
            add("6455-5.2-4b", "16 bits for " + size, violation(frame.withForm(LengthForm.BITS_16)));
            add("6455-5.2-4b", "64 bits for " + size, violation(frame.withForm(LengthForm.BITS_64)));
        }
        for (int size : List.of(126, 65_535)) {
            Frame frame = Frame.binary(Bytes.pattern(size));
            add("6455-5.2-4b", "64 bits for " + size, violation(frame.withForm(LengthForm.BITS_64)));
        }
        for (Frame frame : List.of(Frame.ping("five!"), Frame.pong("five!"), Frame.close(1000, ""))) {
            for (LengthForm form : List.of(LengthForm.BITS_16, LengthForm.BITS_64)) {
                String what = form + " for 5 on " + Opcode.name(frame.opcode());
                add("6455-5.2-4b", what, frames(Step.send(frame.withForm(form), Frame.text(Plays.LATE))));
            }
        }
    }

    /** Those over the limit are not even made: they would be megabytes of nothing. */
    private void sizes(long limit) {
        for (int size : List.of(0, 1, 2, 124, 125, 126, 127, 128, 255, 256, 65_534, 65_535, 65_536, 65_537, 1 << 20)) {
            if (size <= limit) {
                size("BINARY of " + size, size, Frame.binary(Bytes.pattern(size)));
                size("TEXT of " + size, size, Frame.text(Bytes.repeat('*', size)));
            }
        }
        for (int size : List.of((1 << 24) - 1, 1 << 24, (1 << 24) + 1)) {
            if (size <= limit) {
                size("BINARY of " + size, size, Frame.binary(Bytes.pattern(size)));
            }
        }
    }

    private void keys() {
        for (int key : List.of(0, -1, 0x01010101, 0x000000FF, 0xFF000000, 0x12345678)) {
            List<Frame> frames = new ArrayList<>();
            for (int size = 0; size <= 9; size++) {
                frames.add(Frame.binary(Bytes.pattern(size)).withMasking(new Masking(true, key)));
            }
            add("6455-5.3-1", String.format("key %08x", key), echo(frames.toArray(Frame[]::new)));
        }
        Frame[] fragments = {
            Frame.text("one ").notFinal().withMasking(new Masking(true, 0x01020304)),
            Frame.continuation("and two").notFinal().withMasking(new Masking(true, 0x50607080)),
            Frame.continuation(", three").withMasking(new Masking(true, 0x0A0B0C0D))
        };
        add("6455-5.3-1", "another key in each fragment", echo(fragments));
    }

    private void size(String what, long size, Frame frame) {
        rows.add(Scenario.of(Names.id("6455-5.2-5", what), what, echo(frame)).sized(size));
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }

    private static Frame sample(int opcode) {
        return opcode == Opcode.CLOSE ? Frame.close(1000, "") : Frame.of(opcode, Bytes.utf8("sample"));
    }
}
