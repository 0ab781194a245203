package dev.ferrule.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Every first byte, with every form of a length, masked and not, cut at each byte. */
final class Violations {
    private static final long MIB = 1 << 20;
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    /** Long enough for the server to read what was sent before the cut, most of the time. */
    private static final long CUT_NANOS = 300_000;

    /**
     * How a length is written.
     *
     * @param length of the payload
     * @param bytes of the extended length: 0, 2 or 8
     * @param minimal whether it is the shortest way
     */
    private record Form(long length, int bytes, boolean minimal) {}

    private static final List<Form> FORMS = List.of(
            new Form(1, 0, true),
            new Form(1, 2, false),
            new Form(200, 2, true),
            new Form(1, 8, false),
            new Form(70_000, 8, true),
            new Form(Long.MIN_VALUE | 1, 8, false));

    /**
     * A frame.
     *
     * @param fin whether it is the last of its message
     * @param opcode from 0 to 15
     * @param form its length
     * @param masked as it must be
     */
    private record Frame(boolean fin, int opcode, Form form, boolean masked) {
        boolean control() {
            return opcode >= CLOSE;
        }

        /** The code that it must be failed with, or 0 if it is right. */
        int code() {
            boolean known = opcode <= 2 || (opcode >= CLOSE && opcode <= PONG);
            boolean misplaced = opcode == CONTINUATION || (control() && (!fin || form.bytes > 0));
            // One byte is no close code.
            if (!masked || !known || misplaced || !form.minimal || opcode == CLOSE) {
                return 1002;
            }
            return form.length > 65_536 ? 1009 : 0;
        }

        int headerBytes() {
            return 2 + form.bytes + (masked ? 4 : 0);
        }

        /** The frame, or of one that is too long the first byte of its payload; the masking key is 0. */
        byte[] bytes() {
            int payload = form.length == 200 ? 200 : 1;
            byte[] bytes = new byte[headerBytes() + payload];
            bytes[0] = (byte) ((fin ? 0x80 : 0) | opcode);
            bytes[1] = (byte) ((masked ? 0x80 : 0) | (form.bytes == 0 ? 1 : form.bytes == 2 ? 126 : 127));
            for (int i = 0; i < form.bytes; i++) {
                bytes[2 + i] = (byte) (form.length >> (8 * (form.bytes - 1 - i)));
            }
            java.util.Arrays.fill(bytes, headerBytes(), bytes.length, (byte) 'x');
            return bytes;
        }

        @Override
        public String toString() {
            return (fin ? "FIN, " : "") + "opcode " + opcode + ", " + (masked ? "" : "unmasked, ") + "length "
                    + form.length + " in " + form.bytes + " bytes";
        }
    }

    private Violations() {}

    /** One in so many of all cases. */
    static void all(TargetProcess target, int every, Outcome outcome) throws IOException, InterruptedException {
        List<Frame> frames = frames();
        // What the first connections make the server load is no growth.
        for (Frame frame : frames.subList(0, 20)) {
            once(target.port(), frame, 1, outcome);
        }
        TargetProcess.Stat before = target.stat();
        int cases = 0;
        int violations = 0;
        int seen = 0;
        for (Frame frame : frames) {
            for (int cut = 1; cut <= frame.headerBytes(); cut++) {
                if (seen++ % every == 0) {
                    once(target.port(), frame, cut, outcome);
                    cases++;
                    violations += frame.code() == 0 ? 0 : 1;
                }
            }
        }
        TargetProcess.Stat after = target.settled(before);
        long grown = after.heap() - before.heap();
        outcome.figure(cases + " frames, " + violations + " of them violations, heap " + signed(grown / 1024) + " KiB");
        outcome.require(grown <= MIB, "heap has grown by " + grown + " bytes");
        outcome.require(
                after.forbidden() == 0, after.forbidden() + " messages behind a violation reached the endpoint");
    }

    private static List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        for (int opcode = 0; opcode < 16; opcode++) {
            for (Form form : FORMS) {
                frames.add(new Frame(true, opcode, form, true));
                frames.add(new Frame(false, opcode, form, true));
                frames.add(new Frame(true, opcode, form, false));
            }
        }
        return frames;
    }

    private static void once(int port, Frame frame, int cut, Outcome outcome) throws IOException {
        byte[] bytes = frame.bytes();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(bytes, cut, bytes.length - cut);
        boolean begins = frame.code() == 0 && !frame.control() && !frame.fin;
        if (begins) {
            rest.writeBytes(RawClient.frame(0x80, new byte[0]));
        }
        String marker = frame.code() == 0 ? "behind" : Served.FORBIDDEN;
        rest.writeBytes(RawClient.frame(0x81, marker.getBytes(ISO_8859_1)));
        rest.writeBytes(RawClient.frame(0x88, new byte[] {3, (byte) 0xE8}));
        try (RawClient client = RawClient.open(port, "/echo")) {
            client.send(java.util.Arrays.copyOf(bytes, cut));
            LockSupport.parkNanos(CUT_NANOS);
            client.send(rest.toByteArray());
            List<RawClient.Frame> answers = new ArrayList<>();
            RawClient.Frame answer;
            do {
                answer = client.read();
                answers.add(answer);
            } while (answer.opcode() != CLOSE);
            int expected = frame.code() == 0 ? 1000 : frame.code();
            int before = expected != 1000 ? 0 : frame.opcode == PONG ? 1 : 2;
            outcome.require(
                    answer.code() == expected && answers.size() - 1 == before,
                    frame + ", cut at " + cut + ": " + (answers.size() - 1) + " answers and a Close with "
                            + answer.code() + ", not " + before + " and " + expected);
            outcome.require(client.endsInSilence(), frame + ", cut at " + cut + ": something came behind the Close");
        } catch (EOFException | SocketException e) {
            outcome.require(false, frame + ", cut at " + cut + ": no Close but " + e);
        }
    }

    private static String signed(long kib) {
        return kib < 0 ? "- " + -kib : "+ " + kib;
    }
}
