package dev.ferrule.testkit.model;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import org.jspecify.annotations.Nullable;

/** What a receiver can see wrong in a frame's header (RFC 6455 sections 5.1 to 5.5). */
final class FrameRules {
    private FrameRules() {}

    /** What is broken, or null. */
    static @Nullable String broken(Frame frame, boolean withinMessage, boolean compressing) {
        if (!frame.masking().proper()) {
            return "masking against the role (section 5.1): " + frame;
        }
        if (frame.rsv() != 0 && !(compressing && marksCompressed(frame))) {
            String why = compressing ? "reserved bits where none may be (RFC 7692 section 6): " : null;
            return (why == null ? "reserved bits without an extension (section 5.2): " : why) + frame;
        }
        if (!Opcode.isDefined(frame.opcode())) {
            return "reserved opcode (section 5.2): " + frame;
        }
        if (frame.length() < 0) {
            return "length with its top bit set (section 5.2): " + frame;
        }
        return frame.control() ? brokenControl(frame) : brokenData(frame, withinMessage);
    }

    /** RSV1 alone, on the first frame of a message. */
    private static boolean marksCompressed(Frame frame) {
        return frame.rsv() == Frame.RSV1 && (frame.opcode() == Opcode.TEXT || frame.opcode() == Opcode.BINARY);
    }

    private static @Nullable String brokenControl(Frame frame) {
        if (frame.length() > 125) {
            return "control frame over 125 bytes (section 5.5): " + frame;
        }
        return frame.fin() ? null : "fragmented control frame (section 5.5): " + frame;
    }

    private static @Nullable String brokenData(Frame frame, boolean withinMessage) {
        boolean continues = frame.opcode() == Opcode.CONTINUATION;
        if (continues && !withinMessage) {
            return "continuation of nothing (section 5.4): " + frame;
        }
        return !continues && withinMessage ? "new message inside a fragmented one (section 5.4): " + frame : null;
    }
}
