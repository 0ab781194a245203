package dev.ferrule.testkit.wire;

import java.util.ArrayList;
import java.util.List;

/** Judges every frame that the peer sends, in every scenario, whatever the scenario is about. */
public final class FrameMonitor {
    private final Role sender;
    private final boolean compressing;
    private final List<Violation> violations = new ArrayList<>();
    private int messageOpcode = -1;
    private Utf8Automaton utf8 = new Utf8Automaton();
    private boolean closed;
    private boolean compressed;

    /**
     * For frames that an endpoint of this role sends.
     *
     * @param sender the role of the endpoint that sends
     */
    public FrameMonitor(Role sender) {
        this(sender, false);
    }

    /**
     * For frames that an endpoint of this role sends.
     *
     * @param sender the role of the endpoint that sends
     * @param compressing whether permessage-deflate was agreed; what a compressed message says is not judged here
     */
    public FrameMonitor(Role sender, boolean compressing) {
        this.sender = sender;
        this.compressing = compressing;
    }

    /** {@return what has been wrong so far} */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /**
     * Takes the next frame of the peer.
     *
     * @param frame the frame
     */
    public void accept(Frame frame) {
        header(frame);
        if (closed && frame.control()) {
            violations.add(Violation.should("6455-5.5.1-4", frame + " after a Close frame"));
        } else if (closed) {
            broken("6455-5.5.1-4", frame, "data after a Close frame");
        }
        if (frame.control()) {
            control(frame);
        } else {
            data(frame);
        }
        closed |= frame.opcode() == Opcode.CLOSE;
    }

    private void header(Frame frame) {
        if (!frame.masking().proper()) {
            boolean client = sender == Role.CLIENT;
            broken(client ? "6455-5.1-1" : "6455-5.1-3", frame, client ? "a client's frame unmasked" : "masked");
        }
        if (!frame.minimal()) {
            broken("6455-5.2-4a", frame, "length not in its shortest form");
        }
        if (frame.rsv() != 0 && !compressing) {
            broken("6455-9-1", frame, "reserved bits without an extension");
        }
        if (frame.rsv() != 0 && compressing && !marksCompressed(frame)) {
            broken("7692-6-1", frame, "reserved bits where none may be");
        }
        if (!Opcode.isDefined(frame.opcode())) {
            broken("6455-5.2-2", frame, "reserved opcode");
        }
        if (frame.length() < 0) {
            broken("6455-5.2-3", frame, "top bit of the length set");
        }
    }

    private void control(Frame frame) {
        if (frame.length() > 125) {
            broken("6455-5.5-1", frame, "control frame over 125 bytes");
        }
        if (!frame.fin()) {
            broken("6455-5.5-2", frame, "fragmented control frame");
        }
        if (frame.opcode() == Opcode.CLOSE) {
            close(frame);
        }
    }

    private void close(Frame frame) {
        Bytes payload = frame.payload();
        if (payload.size() == 1) {
            broken("6455-5.5.1-1", frame, "Close with one byte");
        }
        if (payload.size() < 2) {
            return;
        }
        int code = payload.at(0) << 8 | payload.at(1);
        if (CloseCodes.kind(code) != CloseCodes.Kind.VALID) {
            broken("6455-7.4.1-1", frame, "a code that may not be sent");
        }
        if (!Utf8Automaton.valid(payload.slice(2, payload.size()))) {
            broken("6455-5.5.1-3", frame, "reason not UTF-8");
        }
    }

    private void data(Frame frame) {
        boolean continues = frame.opcode() == Opcode.CONTINUATION;
        if (continues && messageOpcode < 0) {
            broken("6455-5.4-5", frame, "continuation of nothing");
        }
        if (!continues && messageOpcode >= 0) {
            broken("6455-5.4-5", frame, "new message inside a fragmented one");
        }
        if (!continues) {
            messageOpcode = frame.opcode();
            compressed = compressing && marksCompressed(frame);
            utf8 = new Utf8Automaton();
        }
        boolean readable = messageOpcode == Opcode.TEXT && !compressed;
        if (readable && (!utf8.accepts(frame.payload()) || (frame.fin() && !utf8.complete()))) {
            broken("6455-5.6-1", frame, "text not UTF-8");
        }
        if (frame.fin()) {
            messageOpcode = -1;
        }
    }

    private static boolean marksCompressed(Frame frame) {
        return frame.rsv() == Frame.RSV1 && (frame.opcode() == Opcode.TEXT || frame.opcode() == Opcode.BINARY);
    }

    private void broken(String requirement, Frame frame, String what) {
        violations.add(Violation.must(requirement, what + ": " + frame));
    }
}
