package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All 1,536 frame headers, between messages and inside of one: a scenario per opcode and place, and another one for the
 * headers whose length is not in its shortest form, of which the RFC says nothing to receivers.
 */
final class HeaderTable {
    private HeaderTable() {}

    static List<Scenario> all() {
        List<Scenario> rows = new ArrayList<>();
        for (int opcode = 0; opcode < 16; opcode++) {
            for (boolean within : new boolean[] {false, true}) {
                String what = Opcode.name(opcode) + (within ? " inside a message" : " between messages");
                List<Frame> headers = headers(opcode);
                Play minimal = plays(within, headers.stream().filter(Frame::minimal));
                Play others = plays(within, headers.stream().filter(frame -> !frame.minimal()));
                rows.add(Scenario.of(Names.id("6455-5.2-6", what), what, minimal));
                String longForm = what + ", long forms of the length";
                rows.add(Scenario.of(Names.id("6455-5.2-6", longForm), longForm, others)
                        .at(Level.INFO)
                        .also("6455-5.2-4b"));
            }
        }
        return rows;
    }

    private static List<Frame> headers(int opcode) {
        List<Frame> headers = new ArrayList<>();
        for (boolean fin : new boolean[] {true, false}) {
            for (int rsv = 0; rsv < 8; rsv++) {
                for (Masking masking : List.of(Masking.PROPER, Masking.WRONG)) {
                    for (LengthForm form : LengthForm.values()) {
                        headers.add(new Frame(fin, rsv, opcode, masking, form, 5, payload(opcode)));
                    }
                }
            }
        }
        return headers;
    }

    private static Play plays(boolean within, Stream<Frame> headers) {
        return new Play.Many(headers.map(frame -> play(within, frame)).toList());
    }

    private static Play.Frames play(boolean within, Frame frame) {
        List<Step> steps = new ArrayList<>();
        if (within) {
            steps.add(Step.send(Frame.text("begun ").notFinal()));
        }
        steps.add(Step.send(frame));
        boolean legal = frame.rsv() == 0
                && frame.masking().proper()
                && frame.minimal()
                && Opcode.isDefined(frame.opcode())
                && !frame.control();
        if (legal && !frame.fin()) {
            steps.add(Step.send(Frame.continuation(" ended")));
        }
        return new Play.Frames(Opening.CORRECT, steps);
    }

    private static Bytes payload(int opcode) {
        return opcode == Opcode.CLOSE ? Bytes.hex("03e8 6f6b21") : Bytes.utf8("hello");
    }
}
