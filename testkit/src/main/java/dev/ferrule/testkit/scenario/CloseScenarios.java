package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.LATE;
import static dev.ferrule.testkit.scenario.Plays.frames;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.CloseCodes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The closing handshake: RFC 6455 sections 5.5.1 and 7. */
final class CloseScenarios {
    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        CloseScenarios family = new CloseScenarios();
        family.bodies();
        family.reasons();
        family.codes();
        family.around();
        family.failures();
        return family.rows;
    }

    /** All 65,536 codes: those that must pass or fail, and apart from them those of which the RFC says nothing. */
    static List<Scenario> everyCode() {
        List<Scenario> rows = new ArrayList<>();
        for (int from = 0; from < 65_536; from += 256) {
            for (Level level : List.of(Level.MUST, Level.INFO)) {
                List<Play.Frames> plays = IntStream.range(from, from + 256)
                        .filter(code -> (CloseCodes.kind(code) == CloseCodes.Kind.UNASSIGNED) == (level == Level.INFO))
                        .mapToObj(code -> frames(Step.send(Frame.close(code, ""))))
                        .toList();
                if (!plays.isEmpty()) {
                    String what = "codes " + from + " to " + (from + 255)
                            + (level == Level.INFO ? ", those that are not assigned" : "");
                    rows.add(Scenario.of(Names.id("6455-7.4.2-1", what), what, new Play.Many(plays))
                            .at(level));
                }
            }
        }
        return rows;
    }

    private void bodies() {
        for (int value : List.of(0x00, 0x03, 0xFF)) {
            String what = "one byte, " + value;
            add("6455-5.5.1-1", what, closes(Frame.of(Opcode.CLOSE, Bytes.of(value))));
        }
        add("6455-5.5.1-2", "empty", closes(Frame.close()));
        for (int size : List.of(0, 1, 2, 10, 122, 123)) {
            add("6455-5.5.1-2", "reason of " + size, closes(Frame.close(1000, Bytes.repeat('r', size))));
        }
        add("6455-5.5.1-2", "reason not in ASCII", closes(Frame.close(1000, "\u00e9\u20ac\ud83d\ude00")));
        add("6455-5.5.1-2", "at once after the handshake", frames(Step.send(Frame.close(1000, ""))));
        add(
                "6455-5.5.1-2",
                "behind a message in one write",
                frames(Step.send(Frame.text("last words"), Frame.close(1000, ""))));
        add("6455-5.5.1-6", "after an exchange of messages", closes(Frame.close(1000, "bye")));
        add("6455-5.5.1-6", "after an empty Close", closes(Frame.close()));
    }

    private void reasons() {
        for (String hex : List.of("ff", "c3", "c0 af", "ed a0 80", "f4 90 80 80", "6f 6b 80", "e2 82")) {
            add("6455-5.5.1-3", "reason " + hex, closes(Frame.close(1000, Bytes.hex(hex))));
        }
        Bytes cut = Bytes.repeat('r', 122).plus(Bytes.hex("c3"));
        add("6455-5.5.1-3", "cut in a character at 123 bytes", closes(Frame.close(1000, cut)));
        for (String valid : List.of("\ufeff", "\0", "\uffff", "\n")) {
            String what = "reason U+" + Integer.toHexString(valid.charAt(0)) + " is valid";
            add("6455-5.5.1-3", what, closes(Frame.close(1000, valid)));
        }
    }

    private void codes() {
        for (int code : List.of(1005, 1006, 1015)) {
            add("6455-7.4.1-1", "code " + code, closes(Frame.close(code, "")));
            add("6455-7.4.1-1", "code " + code + " with a reason", closes(Frame.close(code, "reason")));
        }
        for (int code : List.of(
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 3003, 3999, 4000, 4999)) {
            add("6455-7.4.2-1", "code " + code + " is in use", closes(Frame.close(code, "")));
        }
        for (int code : List.of(0, 1, 100, 500, 999)) {
            add("6455-7.4.2-1", "code " + code, closes(Frame.close(code, "")));
        }
        for (int code : List.of(1004, 1016, 1100, 2000, 2999, 5000, 10_000, 65_535)) {
            rows.add(Scenario.of(
                            "6455-7.4.2-1/code-" + code + "-not-assigned",
                            "code " + code + " is not assigned",
                            closes(Frame.close(code, "")))
                    .at(Level.INFO));
        }
        add("6455-7.4.1-2", "code 1010", closes(Frame.close(1010, "")));
    }

    private void around() {
        add(
                "6455-5.5.1-4",
                "messages behind a Close",
                frames(Step.send(Frame.close(1000, ""), Frame.text(LATE), Frame.binary(Bytes.utf8(LATE)))));
        add("6455-5.5.1-4", "two Closes", frames(Step.send(Frame.close(1000, ""), Frame.close(1001, ""))));
        add(
                "6455-5.5.1-4",
                "a violation behind a Close",
                frames(Step.send(Frame.close(1000, ""), Frame.text("x").withRsv(7), Frame.ping(LATE))));
        for (int code : List.of(1000, 1001, 4000)) {
            add(
                    "6455-5.5.1-5",
                    "code " + code,
                    frames(
                            Step.send(Frame.text("begun").notFinal(), Frame.ping("p")),
                            Step.barrier(),
                            Step.send(Frame.close(code, ""), Frame.continuation(LATE))));
        }
        rows.add(Scenario.of(
                "6455-7.1.1-3/echo-after-fin",
                "a message and a FIN",
                frames(Step.send(Frame.text("heard?")), new Step.Finish())));
    }

    private void failures() {
        List<Frame> violations = List.of(
                Frame.text("x").withMasking(Masking.WRONG),
                Frame.text("x").withRsv(4),
                Frame.of(0x3, Bytes.EMPTY),
                Frame.continuation("x"),
                Frame.ping("x").notFinal(),
                Frame.text(Bytes.hex("ff")),
                Frame.close(1005, ""));
        for (String requirement : List.of("6455-7.1.7-1", "6455-7.1.7-2", "6455-7.1.7-3")) {
            for (Frame bad : violations) {
                String what = bad.toString().replaceAll(" [0-9]+ bytes?", "");
                add(
                        requirement,
                        what,
                        frames(Step.send(
                                Frame.text("good"),
                                bad,
                                Frame.text(LATE),
                                Frame.ping(LATE),
                                Frame.binary(Bytes.utf8(LATE)),
                                Frame.close(1000, ""))));
            }
        }
    }

    /** An echo first, so that the connection is known to work, then the Close. */
    private static Play.Frames closes(Frame close) {
        return frames(Step.send(Frame.text("before")), Step.barrier(), Step.send(close));
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
