package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.ResponseSpec;
import java.util.ArrayList;
import java.util.List;

/** The shapes that most scenarios have. */
final class Plays {
    /** Text that must never come back. */
    static final String LATE = "behind the violation";

    private static final int PART = 40;

    private Plays() {}

    /** Frames on a connection that was opened as usual. */
    static Play.Frames frames(Step... steps) {
        return new Play.Frames(Opening.CORRECT, List.of(steps));
    }

    /** Messages that must come back. */
    static Play.Frames echo(Frame... frames) {
        return frames(Step.send(frames), Step.barrier());
    }

    /** A violation between messages, with a message and a ping behind it. */
    static Play.Frames violation(Frame bad) {
        return frames(
                Step.send(Frame.text("before")), Step.barrier(), Step.send(bad, Frame.text(LATE), Frame.ping(LATE)));
    }

    /** A violation inside a fragmented message, with the rest of it, a message and a ping behind it. */
    static Play.Frames violationWithin(int opcode, Frame bad) {
        return frames(
                Step.send(
                        Frame.text("before"),
                        Frame.of(opcode, Bytes.utf8("begun ")).notFinal(),
                        Frame.ping("inside")),
                Step.barrier(),
                Step.send(bad, Frame.continuation(LATE), Frame.text(LATE), Frame.ping(LATE)));
    }

    /** The same inside of a text message. */
    static Play.Frames violationWithin(Frame bad) {
        return violationWithin(Opcode.TEXT, bad);
    }

    /** A request that must be accepted, and an echo that proves it. */
    static Play.Frames accepted(RequestSpec request) {
        return opens(Opening.CORRECT.with(request));
    }

    /** An answer that must be accepted, and an echo that proves it. */
    static Play.Frames accepted(ResponseSpec response) {
        return opens(Opening.CORRECT.with(response));
    }

    /** A handshake that must succeed, and an echo that proves it. */
    static Play.Frames opens(Opening opening) {
        return new Play.Frames(
                opening, List.of(Step.send(Frame.text("behind the handshake"), Frame.ping("?")), Step.barrier()));
    }

    /** A request that must be refused. */
    static Play refused(RequestSpec request, Statuses statuses) {
        return new Play.Refusal(Opening.CORRECT.with(request), statuses);
    }

    /** An answer that must be refused. */
    static Play refused(ResponseSpec response) {
        return new Play.Refusal(Opening.CORRECT.with(response), Statuses.BAD_REQUEST);
    }

    /** A request that may be accepted. */
    static Play either(RequestSpec request) {
        return new Play.Choice(accepted(request));
    }

    /** An answer that may be accepted. */
    static Play either(ResponseSpec response) {
        return new Play.Choice(accepted(response));
    }

    /** Many plays as several scenarios, so that they can run side by side. */
    static List<Scenario> inParts(String requirement, String what, List<Play.Frames> plays) {
        List<Scenario> parts = new ArrayList<>();
        for (int from = 0; from < plays.size(); from += PART) {
            int to = Math.min(plays.size(), from + PART);
            String part = what + " " + (from + 1) + " to " + to;
            parts.add(Scenario.of(Names.id(requirement, part), part, new Play.Many(plays.subList(from, to))));
        }
        return parts;
    }
}
