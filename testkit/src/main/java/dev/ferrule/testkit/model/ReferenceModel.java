package dev.ferrule.testkit.model;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.deflate.CorruptException;
import dev.ferrule.testkit.deflate.Inflation;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.CloseCodes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Utf8Automaton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an echo endpoint may do with a list of frames.
 *
 * <p>The first frame with a violation decides; what comes behind it can't matter. Where an endpoint has a choice, each
 * choice is an outcome of its own: to fail at the byte that breaks UTF-8 or at the end of the message, to accept a
 * length that is not minimal, to accept a close code that is not assigned.
 */
public final class ReferenceModel {
    private static final Set<Integer> NONE = Set.of();
    private static final Set<Integer> OTHER_TOO_BIG = Set.of(CloseCodes.POLICY_VIOLATION, CloseCodes.PROTOCOL_ERROR);

    private static final Set<Integer> OTHER_CORRUPT =
            Set.of(CloseCodes.UNSUPPORTED_DATA, CloseCodes.INTERNAL_ERROR, CloseCodes.POLICY_VIOLATION);
    private static final int MOST_INFLATED = 1 << 26;

    private final List<Frame> frames;
    private final MessageLimit limit;
    private final @Nullable Inflation inflation;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Message> echoes = new ArrayList<>();
    private final List<Bytes> pings = new ArrayList<>();
    private final List<Bytes> fragments = new ArrayList<>();
    private int opcode = -1;
    private long size;
    private Utf8Automaton utf8 = new Utf8Automaton();
    private boolean doomed;
    private Grade grade = Grade.FITTING;
    private String note = "";

    private boolean compressed;

    private ReferenceModel(List<Frame> frames, MessageLimit limit, @Nullable Inflation inflation) {
        this.frames = frames;
        this.limit = limit;
        this.inflation = inflation;
    }

    /**
     * Computes all that is allowed.
     *
     * @param frames what the kit sends, in this order; only the last one may be shorter than it announces
     * @param limit the size of the largest message that the endpoint accepts
     * @return at least one outcome
     */
    public static List<Outcome> allowed(List<Frame> frames, MessageLimit limit) {
        return allowed(frames, limit, Role.CLIENT, Optional.empty());
    }

    /**
     * Computes all that is allowed.
     *
     * @param frames what the kit sends, in this order; only the last one may be shorter than it announces
     * @param limit the size of the largest message that the endpoint accepts, after decompression
     * @param kit the role of the kit
     * @param agreement what was agreed of compression
     * @return at least one outcome
     */
    public static List<Outcome> allowed(
            List<Frame> frames, MessageLimit limit, Role kit, Optional<Agreement> agreement) {
        int most = limit.exact() ? (int) limit.bytes() : MOST_INFLATED;
        Inflation inflation = agreement
                .map(agreed -> new Inflation(agreed.takeover(kit), most))
                .orElse(null);
        ReferenceModel model = new ReferenceModel(frames, limit, inflation);
        model.run();
        return List.copyOf(model.outcomes);
    }

    private void run() {
        for (Frame frame : frames) {
            if (!takes(frame)) {
                return;
            }
        }
        if (opcode >= 0 && compressed) {
            inflate(false);
        }
        boolean within = opcode >= 0 || (!frames.isEmpty() && !last().complete());
        end(new Ending.Open(within));
    }

    /** Whether the frame leaves the connection open in some outcome. */
    private boolean takes(Frame frame) {
        String wrong = FrameRules.broken(frame, opcode >= 0, inflation != null);
        if (wrong != null) {
            // No frame is that long, and no message may be: both codes say what is wrong.
            Set<Integer> tooBig = Set.of(CloseCodes.PROTOCOL_ERROR, CloseCodes.MESSAGE_TOO_BIG);
            Set<Integer> fitting = frame.length() < 0 ? tooBig : Set.of(CloseCodes.PROTOCOL_ERROR);
            end(new Ending.Failed(fitting, NONE, wrong));
            return false;
        }
        if (!frame.minimal()) {
            fail(CloseCodes.PROTOCOL_ERROR, NONE, "length not in its shortest form: " + frame);
            lenient("accepts a length that is not in its shortest form, as the RFC lets a receiver");
        }
        if (!frame.control()) {
            return data(frame);
        }
        if (frame.opcode() == Opcode.PING && frame.complete()) {
            pings.add(frame.payload());
        }
        return frame.opcode() != Opcode.CLOSE || !frame.complete() || close(frame.payload());
    }

    private boolean data(Frame frame) {
        if (frame.opcode() != Opcode.CONTINUATION) {
            opcode = frame.opcode();
            utf8 = new Utf8Automaton();
            compressed = frame.rsv() == Frame.RSV1;
        }
        fragments.add(frame.payload());
        if (compressed) {
            return !(frame.fin() && frame.complete()) || inflate(true);
        }
        size += frame.length();
        boolean tooBig = size > limit.bytes();
        boolean ends = frame.fin() && frame.complete();
        boolean invalid =
                opcode == Opcode.TEXT && (doomed || !utf8.accepts(frame.payload()) || (ends && !utf8.complete()));
        if (tooBig) {
            fail(CloseCodes.MESSAGE_TOO_BIG, OTHER_TOO_BIG, "message over " + limit.bytes() + " bytes: " + frame);
            lenient("accepts more than " + limit.bytes() + " bytes");
        }
        if (invalid) {
            fail(CloseCodes.INVALID_FRAME_PAYLOAD_DATA, NONE, "text not UTF-8: " + frame);
        }
        if ((tooBig && limit.exact()) || (invalid && ends)) {
            return false;
        }
        if (invalid && !doomed) {
            doomed = true;
            lenient("checks UTF-8 only at the end of the message");
        }
        if (ends) {
            echoes.add(new Message(opcode, Bytes.concat(fragments)));
            fragments.clear();
            opcode = -1;
            size = 0;
        }
        return true;
    }

    /** Whether the compressed message, or as much of it as has come, leaves the connection open in some outcome. */
    private boolean inflate(boolean ends) {
        Bytes message;
        try {
            message = Objects.requireNonNull(inflation).message(Bytes.concat(fragments));
        } catch (CorruptException e) {
            if (ends || !e.cutOff()) {
                Set<Integer> fitting = Set.of(CloseCodes.INVALID_FRAME_PAYLOAD_DATA, CloseCodes.PROTOCOL_ERROR);
                end(new Ending.Failed(fitting, OTHER_CORRUPT, "compressed data that is none: " + e.getMessage()));
            }
            return false;
        }
        boolean tooBig = message.size() > limit.bytes();
        if (tooBig) {
            fail(CloseCodes.MESSAGE_TOO_BIG, OTHER_TOO_BIG, "message over " + limit.bytes() + " bytes, inflated");
            lenient("accepts more than " + limit.bytes() + " bytes");
        }
        boolean invalid = opcode == Opcode.TEXT && !utf8.accepts(message);
        if (invalid || (ends && opcode == Opcode.TEXT && !utf8.complete())) {
            fail(CloseCodes.INVALID_FRAME_PAYLOAD_DATA, NONE, "inflated text not UTF-8");
            return false;
        }
        if (!ends || (tooBig && limit.exact())) {
            return false;
        }
        echoes.add(new Message(opcode, message));
        fragments.clear();
        opcode = -1;
        return true;
    }

    private boolean close(Bytes payload) {
        if (payload.size() == 0) {
            end(new Ending.Closed(Ending.NO_CODE));
            return false;
        }
        if (payload.size() == 1) {
            fail(CloseCodes.PROTOCOL_ERROR, NONE, "Close with one byte");
            return false;
        }
        int code = payload.at(0) << 8 | payload.at(1);
        CloseCodes.Kind kind = CloseCodes.kind(code);
        boolean reason = Utf8Automaton.valid(payload.slice(2, payload.size()));
        if (kind != CloseCodes.Kind.VALID) {
            fail(CloseCodes.PROTOCOL_ERROR, NONE, "close code " + code);
        }
        if (!reason) {
            Set<Integer> also = Set.of(CloseCodes.PROTOCOL_ERROR);
            fail(CloseCodes.INVALID_FRAME_PAYLOAD_DATA, also, "close reason not UTF-8");
        }
        if (reason && kind == CloseCodes.Kind.UNASSIGNED) {
            lenient("accepts close code " + code + ", which is not assigned");
        }
        if (reason && kind != CloseCodes.Kind.FORBIDDEN) {
            end(new Ending.Closed(code));
        }
        return false;
    }

    private void fail(int code, Set<Integer> tolerated, String why) {
        end(new Ending.Failed(Set.of(code), tolerated, why));
    }

    private void end(Ending ending) {
        outcomes.add(new Outcome(echoes, pings, ending, grade, note));
    }

    private void lenient(String reason) {
        grade = Grade.TOLERATED;
        note = note.isEmpty() ? reason : note;
    }

    private Frame last() {
        return frames.get(frames.size() - 1);
    }
}
