package dev.ferrule.testkit.property;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Lists of frames that break exactly one rule, and junk that may stand behind them. */
public final class Offences {
    private static final List<String> NOT_UTF8 =
            List.of("80", "c0af", "c1", "e08080", "eda080", "f08080", "f490", "f5", "fe", "ff");

    private Offences() {}

    /**
     * Frames that are legal behind whole messages up to the last one, which is not.
     *
     * @return lists of one or two frames
     */
    public static Arbitrary<List<Frame>> frames() {
        Arbitrary<Frame> alone = Arbitraries.oneOf(
                legal().map(frame -> frame.withMasking(Masking.WRONG)),
                Combinators.combine(legal(), Arbitraries.integers().between(1, 7))
                        .as(Frame::withRsv),
                reserved(),
                control().map(Frame::notFinal),
                longControl(),
                notUtf8(),
                endless(),
                closes());
        Arbitrary<Frame> between = Arbitraries.of(
                Frame.continuation("lone"), Frame.continuation("lone").notFinal());
        Arbitrary<Frame> within = Arbitraries.of(
                Frame.text("nested"),
                Frame.binary(Bytes.of(1, 2)),
                Frame.text("").notFinal());
        Frame begun = Frame.text("begun ").notFinal();
        return Arbitraries.frequencyOf(
                Tuple.of(8, alone.map(List::of)),
                Tuple.of(1, between.map(List::of)),
                Tuple.of(1, within.map(frame -> List.of(begun, frame))),
                Tuple.of(1, control().map(frame -> List.of(begun, frame.withMasking(Masking.WRONG)))));
    }

    /**
     * Frames whose only fault is that a length is not in its shortest form.
     *
     * @return lists of one frame
     */
    public static Arbitrary<List<Frame>> longLengths() {
        return Combinators.combine(legal(), Arbitraries.of(LengthForm.BITS_16, LengthForm.BITS_64))
                .as(Frame::withForm)
                .filter(frame -> !frame.minimal())
                .map(List::of);
    }

    /**
     * Frames that would be answered if anybody still listened.
     *
     * @return lists of messages and pings
     */
    public static Arbitrary<List<Frame>> junk() {
        return Arbitraries.of(
                        Frame.text("junk"),
                        Frame.binary(Bytes.utf8("junk")),
                        Frame.ping("junk"),
                        Frame.continuation("junk"),
                        Frame.close(1000, "junk"))
                .list()
                .ofMaxSize(5);
    }

    private static Arbitrary<Frame> legal() {
        Arbitrary<Frame> data = Combinators.combine(
                        Arbitraries.of(Opcode.TEXT, Opcode.BINARY),
                        Arbitraries.integers().between(0, 300))
                .as((opcode, size) -> Frame.of(opcode, Bytes.repeat('x', size)));
        return Arbitraries.oneOf(data, control());
    }

    private static Arbitrary<Frame> control() {
        Arbitrary<Frame> heartbeat = Combinators.combine(
                        Arbitraries.of(Opcode.PING, Opcode.PONG),
                        Arbitraries.integers().between(0, 125))
                .as((opcode, size) -> Frame.of(opcode, Bytes.repeat('p', size)));
        return Arbitraries.oneOf(heartbeat, Arbitraries.of(Frame.close(), Frame.close(1000, "bye")));
    }

    private static Arbitrary<Frame> reserved() {
        Arbitrary<Integer> opcodes = Arbitraries.of(0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF);
        return Combinators.combine(opcodes, Arbitraries.integers().between(0, 130), Arbitraries.of(true, false))
                .as((opcode, size, fin) ->
                        Frame.of(opcode, Bytes.repeat('r', size)).withFin(fin));
    }

    private static Arbitrary<Frame> longControl() {
        return Combinators.combine(
                        Arbitraries.of(Opcode.PING, Opcode.PONG, Opcode.CLOSE),
                        Arbitraries.integers().between(126, 1000))
                .as((opcode, size) -> Frame.of(opcode, Bytes.of(0x03, 0xE8).plus(Bytes.repeat('r', size - 2))));
    }

    private static Arbitrary<Frame> notUtf8() {
        return Combinators.combine(
                        Arbitraries.of(NOT_UTF8),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 200))
                .as((hex, before, after) -> Frame.text(
                        Bytes.repeat('a', before).plus(Bytes.hex(hex)).plus(Bytes.repeat('z', after))));
    }

    private static Arbitrary<Frame> endless() {
        return Combinators.combine(
                        Arbitraries.of(Opcode.TEXT, Opcode.BINARY),
                        Arbitraries.longs().between(Long.MIN_VALUE, -1))
                .as((opcode, length) -> Frame.of(opcode, Bytes.EMPTY).announcing(length));
    }

    private static Arbitrary<Frame> closes() {
        Arbitrary<Frame> codes = Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 999), Arbitraries.of(1005, 1006, 1015))
                .map(code -> Frame.close(code, "why"));
        Arbitrary<Frame> reasons = Arbitraries.of(NOT_UTF8).map(hex -> Frame.close(1000, Bytes.hex(hex)));
        Arbitrary<Frame> bytes =
                Arbitraries.integers().between(0, 255).map(value -> Frame.of(Opcode.CLOSE, Bytes.of(value)));
        return Arbitraries.oneOf(codes, reasons, bytes);
    }
}
