package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.CloseCodes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Utf8Automaton;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open connection that echoes, on a thread of its own. */
final class TinyEcho {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Socket socket;
    private final InputStream in;
    private final Role role;
    private final Flaws flaws;
    private final TinyReader reader;
    private final List<Bytes> fragments = new ArrayList<>();
    private final List<Bytes> held = new ArrayList<>();
    private Bytes last = Bytes.of(0xFF);
    private final Optional<TinyDeflate> deflate;
    private boolean compressed;
    private int firstOpcode;
    private int masks;
    private int pings;

    TinyEcho(Socket socket, InputStream in, Role role, Flaws flaws, Optional<Agreement> agreement) {
        this.deflate = agreement.map(agreed -> new TinyDeflate(agreed, role, flaws));
        this.socket = socket;
        this.in = in;
        this.role = role;
        this.flaws = flaws;
        this.reader = new TinyReader(in, role.peer(), flaws, agreement.isPresent());
    }

    /** Until the connection has ended. */
    void run() throws IOException {
        try {
            boolean open = true;
            while (open) {
                Frame frame = reader.next();
                open = frame.control() ? control(frame) : data(frame);
            }
            end();
        } catch (FailedException e) {
            if (e.code < 0) {
                // Corrupt data, dropped as if nothing had come.
                run();
                return;
            }
            fail(e.code);
        }
    }

    private boolean data(Frame frame) throws IOException, FailedException {
        if (!Opcode.isDefined(frame.opcode())) {
            return true;
        }
        if (frame.opcode() != Opcode.CONTINUATION || flaws.has(Flaw.TYPE_OF_LAST)) {
            firstOpcode = frame.opcode() == Opcode.CONTINUATION ? Opcode.BINARY : frame.opcode();
        }
        if (frame.opcode() != Opcode.CONTINUATION) {
            compressed = deflate.isPresent() && frame.rsv() != 0;
        }
        fragments.add(frame.payload());
        check(fragments.size() <= 64 || !flaws.has(Flaw.FEW_FRAGMENTS), 1008);
        boolean ends = frame.fin()
                || (flaws.has(Flaw.EMPTY_FRAGMENT_ENDS) && frame.payload().size() == 0);
        if (ends) {
            List<Bytes> parts = List.copyOf(fragments);
            fragments.clear();
            echo(deflate.isPresent() ? message(parts, deflate.get()) : Bytes.concat(parts));
            List<Bytes> waiting = List.copyOf(held);
            held.clear();
            for (Bytes ping : waiting) {
                write(Frame.of(Opcode.PONG, ping));
            }
        }
        return true;
    }

    private Bytes message(List<Bytes> parts, TinyDeflate agreed) throws FailedException {
        if (!compressed) {
            agreed.plain();
            return Bytes.concat(parts);
        }
        Bytes message = agreed.inflate(parts);
        check(message.size() <= agreed.limit(TinyReader.LIMIT) || flaws.has(Flaw.LIMIT_BEFORE_INFLATION), 1009);
        boolean valid = firstOpcode != Opcode.TEXT || Utf8Automaton.valid(message);
        check(valid || flaws.has(Flaw.UTF8_BEFORE_INFLATION), 1007);
        return message;
    }

    private void echo(Bytes message) throws IOException {
        boolean dropped = (flaws.has(Flaw.DROPS_EMPTY) && message.size() == 0)
                || (flaws.has(Flaw.DROPS_EQUAL_MESSAGES) && message.equals(last));
        last = message;
        if (dropped) {
            return;
        }
        boolean wrong = flaws.has(Flaw.WRONG_BEYOND_65535) && message.size() > 65_535;
        Bytes payload = wrong ? message.slice(0, 65_535) : message;
        if (flaws.has(Flaw.BINARY_AS_TEXT)) {
            payload = Bytes.utf8(payload.utf8());
        } else if (firstOpcode == Opcode.TEXT) {
            payload = Bytes.utf8(changed(payload.utf8()));
        }
        if (deflate.isPresent()) {
            compressed(deflate.get().deflate(payload));
            return;
        }
        Frame frame = Frame.of(firstOpcode, payload);
        if (flaws.has(Flaw.TORN_FRAGMENTS) && payload.size() > 1) {
            write(Frame.of(firstOpcode, payload.slice(0, 1)).notFinal());
            frame = Frame.of(firstOpcode, payload.slice(1, payload.size()));
        }
        write(flaws.has(Flaw.SENDS_RSV) ? frame.withRsv(4) : frame);
    }

    private String changed(String text) {
        if (flaws.has(Flaw.TRIMS_TEXT)) {
            return text.strip();
        } else if (flaws.has(Flaw.NORMALIZES_TEXT)) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        } else if (flaws.has(Flaw.NORMALIZES_LINE_ENDS)) {
            return text.replace("\r\n", "\n");
        } else if (flaws.has(Flaw.ENDS_TEXT_AT_ZERO)) {
            return text.split("\0", -1)[0];
        }
        return flaws.has(Flaw.STRIPS_BYTE_ORDER_MARK) && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void compressed(Bytes payload) throws IOException {
        if (flaws.has(Flaw.SENDS_RSV1_ON_CONTINUATION) && payload.size() > 1) {
            write(Frame.of(firstOpcode, payload.slice(0, 1)).withRsv(Frame.RSV1).notFinal());
            write(Frame.continuation(payload.slice(1, payload.size())).withRsv(Frame.RSV1));
            return;
        }
        write(Frame.of(firstOpcode, payload).withRsv(Frame.RSV1));
    }

    private boolean control(Frame frame) throws IOException, FailedException {
        if (frame.opcode() == Opcode.PING) {
            ping(frame.payload());
        } else if (frame.opcode() == Opcode.PONG && flaws.has(Flaw.ANSWERS_PONGS)) {
            write(Frame.of(Opcode.PONG, frame.payload()));
        }
        if (frame.opcode() != Opcode.CLOSE) {
            return true;
        }
        close(frame.payload());
        return false;
    }

    private void ping(Bytes payload) throws IOException {
        pings++;
        if (flaws.has(Flaw.CONTROL_WAITS) && reader.within()) {
            held.add(payload);
        } else if (flaws.has(Flaw.PONGS_REVERSED) && in.available() > 0) {
            held.add(0, payload);
        } else if (!flaws.has(Flaw.NO_PONG) && !(flaws.has(Flaw.FIRST_PING_ONLY) && pings > 1)) {
            write(Frame.of(Opcode.PONG, pong(payload)));
            for (Bytes earlier : held) {
                write(Frame.of(Opcode.PONG, earlier));
            }
            held.clear();
        }
    }

    private Bytes pong(Bytes payload) {
        if (flaws.has(Flaw.PONG_IN_UTF8)) {
            Bytes text = Bytes.utf8(payload.utf8());
            return text.slice(0, Math.min(125, text.size()));
        }
        return flaws.has(Flaw.WRONG_PONG) && payload.size() > 124 ? payload.slice(0, 124) : payload;
    }

    private void close(Bytes payload) throws IOException, FailedException {
        if (flaws.has(Flaw.DELIVERS_UNFINISHED) && !fragments.isEmpty()) {
            echo(Bytes.concat(fragments));
        }
        check(payload.size() != 1 || flaws.has(Flaw.ACCEPTS_ONE_BYTE_CLOSE), 1002);
        int code = payload.size() < 2 ? 1005 : payload.at(0) << 8 | payload.at(1);
        check(payload.size() < 2 || accepts(code), 1002);
        boolean valid = payload.size() < 3 || Utf8Automaton.valid(payload.slice(2, payload.size()));
        check(valid || flaws.has(Flaw.ANY_REASON), 1007);
        if (flaws.has(Flaw.NO_CLOSE_REPLY)) {
            return;
        }
        boolean thousand = flaws.has(Flaw.REPLIES_1000) && payload.size() >= 2;
        boolean forEmpty = flaws.has(Flaw.REPLY_1000_TO_EMPTY) && payload.size() < 2;
        write(
                payload.size() < 2 && !forEmpty
                        ? Frame.close()
                        : Frame.close(thousand || forEmpty || code == 1005 ? 1000 : code, ""));
        if (flaws.has(Flaw.DATA_AFTER_CLOSE)) {
            afterwards(true);
        }
    }

    private boolean accepts(int code) {
        if (flaws.has(Flaw.REFUSES_1012) && code >= 1012 && code <= 1014) {
            return false;
        }
        return (code == 1005 && flaws.has(Flaw.ACCEPTS_1005))
                || (code == 999 && flaws.has(Flaw.ACCEPTS_999))
                || (code == 2999 && flaws.has(Flaw.ACCEPTS_2999))
                || CloseCodes.kind(code) == CloseCodes.Kind.VALID;
    }

    private void fail(int code) throws IOException {
        if (flaws.has(Flaw.ANSWERS_AFTER_FAILURE) || flaws.has(Flaw.PONG_AFTER_FAILURE)) {
            afterwards(flaws.has(Flaw.ANSWERS_AFTER_FAILURE));
        }
        if (!flaws.has(Flaw.FAILS_WITHOUT_CLOSE)) {
            int said = flaws.has(Flaw.FAILS_WITH_1000) ? 1000 : flaws.has(Flaw.FAILS_WITH_1006) ? 1006 : code;
            write(Frame.close(said, flaws.has(Flaw.FAILS_WITH_CUT_REASON) ? Bytes.hex("6e c3") : Bytes.EMPTY));
        }
        if (!flaws.has(Flaw.KEEPS_TCP_AFTER_FAILURE)) {
            socket.shutdownOutput();
        }
        in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    /** Goes on as if nothing had happened. */
    private void afterwards(boolean messages) throws IOException {
        try {
            while (in.available() > 0) {
                Frame frame = reader.next();
                if (frame.opcode() == Opcode.PING) {
                    write(Frame.of(Opcode.PONG, frame.payload()));
                } else if (messages && frame.opcode() == Opcode.TEXT) {
                    write(frame.withMasking(Masking.PROPER));
                }
            }
        } catch (FailedException e) {
            // Once is enough.
        }
    }

    private void end() throws IOException {
        boolean mayEnd = role == Role.SERVER ? !flaws.has(Flaw.KEEPS_TCP) : flaws.has(Flaw.ENDS_TCP_FIRST);
        if (mayEnd) {
            socket.shutdownOutput();
        }
        in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private void write(Frame frame) throws IOException {
        Frame sent = frame.withMasking(masking(frame));
        if (flaws.has(Flaw.SENDS_LONG_LENGTHS) && frame.payload().size() == 200) {
            sent = sent.withForm(LengthForm.BITS_64);
        }
        sent.encode(role).writeTo(socket.getOutputStream());
    }

    private Masking masking(Frame frame) {
        masks++;
        int key = RANDOM.nextInt();
        if (flaws.has(Flaw.SAME_MASK)) {
            key = 0x12345678;
        } else if (flaws.has(Flaw.COUNTING_MASK)) {
            key = 0x5A5A5A5A + masks;
        } else if (flaws.has(Flaw.SHORT_MASK)) {
            key &= 0xFFFF;
        }
        boolean wrong =
                flaws.has(Flaw.MASKS_AS_SERVER) || (flaws.has(Flaw.UNMASKED_PONG) && frame.opcode() == Opcode.PONG);
        return new Masking(!wrong, key);
    }

    private static void check(boolean legal, int code) throws FailedException {
        if (!legal) {
            throw new FailedException(code);
        }
    }
}
