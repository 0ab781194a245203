package dev.ferrule.testkit.wire;

/** How a frame reads in a transcript. */
final class FrameText {
    private static final int SHOWN = 40;

    private FrameText() {}

    static String of(Frame frame) {
        StringBuilder text = new StringBuilder(Opcode.name(frame.opcode()));
        text.append(frame.fin() ? "" : " FIN=0");
        text.append(frame.rsv() == 0 ? "" : " RSV=" + frame.rsv());
        text.append(frame.masking().proper() ? "" : " WRONG-MASKING");
        text.append(frame.minimal() ? "" : " length-form=" + frame.form());
        text.append(frame.complete() ? "" : " announces=" + Long.toUnsignedString(frame.length()));
        return text.append(' ').append(payload(frame)).toString();
    }

    private static String payload(Frame frame) {
        Bytes payload = frame.payload();
        if (frame.opcode() == Opcode.CLOSE && payload.size() >= 2) {
            int code = payload.at(0) << 8 | payload.at(1);
            return code + " " + CloseCodes.name(code) + " " + quoted(payload.slice(2, payload.size()));
        }
        String size = payload.size() + (payload.size() == 1 ? " byte " : " bytes ");
        boolean text = payload.size() > 0 && Utf8Automaton.valid(payload) && printable(payload);
        return size + (text ? quoted(payload) : shortened(payload).hex());
    }

    private static String quoted(Bytes payload) {
        String dots = payload.size() > SHOWN ? "..." : "";
        return '"' + shortened(payload).utf8().replace("\n", "\\n").replace("\r", "\\r") + dots + '"';
    }

    private static Bytes shortened(Bytes payload) {
        return payload.slice(0, Math.min(SHOWN, payload.size()));
    }

    private static boolean printable(Bytes payload) {
        for (int i = 0; i < Math.min(SHOWN, payload.size()); i++) {
            if (payload.at(i) < ' ') {
                return false;
            }
        }
        return true;
    }
}
