package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.LengthForm;
import dev.ferrule.testkit.wire.Masking;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Utf8Automaton;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads frames from a blocking stream and fails at the first byte that is wrong. */
final class TinyReader {
    static final int LIMIT = 65_536;

    /** What the flaw shares between all connections. */
    private static volatile Utf8Automaton shared = new Utf8Automaton();

    private final DataInputStream in;
    private final Role sender;
    private final Flaws flaws;
    private final boolean compressing;
    private boolean compressed;
    private int messageOpcode = -1;
    private long messageSize;
    private int messages;
    private int maskOffset;
    private Utf8Automaton utf8 = new Utf8Automaton();
    private boolean doomed;

    TinyReader(InputStream in, Role sender, Flaws flaws, boolean compressing) {
        this.compressing = compressing;
        this.in = new DataInputStream(in);
        this.sender = sender;
        this.flaws = flaws;
    }

    /** Whether a message has begun and not ended. */
    boolean within() {
        return messageOpcode >= 0;
    }

    Frame next() throws IOException, FailedException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        boolean fin = (first & 0x80) != 0;
        int rsv = first >> 4 & 7;
        int opcode = first & 15;
        boolean masked = (second & 0x80) != 0;
        LengthForm form = (second & 0x7F) == 127
                ? LengthForm.BITS_64
                : (second & 0x7F) == 126 ? LengthForm.BITS_16 : LengthForm.BITS_7;
        header(fin, rsv, opcode, masked == (sender == Role.CLIENT));
        long length = switch (form) {
            case BITS_7 -> second & 0x7F;
            case BITS_16 -> in.readUnsignedShort();
            case BITS_64 -> in.readLong();
        };
        if (flaws.has(Flaw.LENGTH_AS_INT)) {
            length &= 0xFFFF_FFFFL;
        }
        length(opcode, form, length);
        int key = masked ? in.readInt() : 0;
        Bytes payload = payload(fin, opcode, (int) length, key);
        Masking masking = new Masking(masked == (sender == Role.CLIENT), key);
        ended(fin, opcode);
        return new Frame(fin, rsv, opcode, masking, form, length, payload);
    }

    private void header(boolean fin, int rsv, int opcode, boolean proper) throws FailedException {
        boolean control = Opcode.isControl(opcode);
        boolean unmasked = flaws.has(Flaw.ACCEPTS_UNMASKED) || flaws.has(Flaw.ACCEPTS_MASKED);
        check(proper || unmasked || (control && flaws.has(Flaw.ACCEPTS_UNMASKED_CONTROL)));
        boolean odd = rsv == 1 && control && flaws.has(Flaw.ACCEPTS_RSV3_ON_CONTROL);
        boolean odder = rsv == 6 && opcode == Opcode.PONG && flaws.has(Flaw.ACCEPTS_MASKED_RSV_PONG);
        check(rsv == 0 || odd || odder || flaws.has(Flaw.ACCEPTS_RSV) || (compressing && marks(rsv, opcode)));
        check(Opcode.isDefined(opcode) || flaws.has(Flaw.IGNORES_RESERVED_OPCODES));
        if (control) {
            check(fin || flaws.has(Flaw.ACCEPTS_FRAGMENTED_CONTROL));
            return;
        }
        if (opcode == Opcode.CONTINUATION) {
            check(within() || flaws.has(Flaw.ACCEPTS_LONE_CONTINUATION));
        } else if (Opcode.isDefined(opcode)) {
            check(!within() || flaws.has(Flaw.ACCEPTS_NESTED_MESSAGE));
            utf8 = new Utf8Automaton();
            compressed = compressing && (rsv & Frame.RSV1) != 0;
            doomed = false;
        }
        if (opcode != Opcode.CONTINUATION || !within()) {
            messageOpcode = opcode == Opcode.CONTINUATION ? Opcode.TEXT : opcode;
            messageSize = 0;
        }
    }

    private boolean marks(int rsv, int opcode) {
        boolean begins = opcode == Opcode.TEXT || opcode == Opcode.BINARY;
        boolean bits = rsv == Frame.RSV1 || (rsv == 6 && flaws.has(Flaw.ACCEPTS_RSV2_WITH_RSV1));
        boolean continues = opcode == Opcode.CONTINUATION && flaws.has(Flaw.ACCEPTS_RSV1_ON_CONTINUATION);
        boolean control = Opcode.isControl(opcode) && flaws.has(Flaw.ACCEPTS_RSV1_ON_CONTROL);
        return bits && (begins || continues || control);
    }

    private void length(int opcode, LengthForm form, long length) throws FailedException, IOException {
        if (length < 0 && flaws.has(Flaw.WAITS_FOR_IMPOSSIBLE_LENGTH)) {
            waitForEver();
        }
        check(length >= 0);
        check(form == LengthForm.shortest(length) || flaws.has(Flaw.ACCEPTS_LONG_LENGTHS));
        if (Opcode.isControl(opcode)) {
            check(length <= 125 || (length < LIMIT && flaws.has(Flaw.ACCEPTS_LONG_CONTROL)));
            return;
        }
        messageSize = flaws.has(Flaw.LIMIT_PER_FRAME) ? length : messageSize + length;
        if (messageSize > LIMIT - (flaws.has(Flaw.LIMIT_ONE_TOO_SMALL) ? 1 : 0)) {
            if (flaws.has(Flaw.NO_LIMIT)) {
                waitForEver();
            }
            throw new FailedException(flaws.has(Flaw.TOO_BIG_AS_1008) ? 1008 : 1009);
        }
    }

    /** In pieces as they come, so that broken text fails at once. */
    private Bytes payload(boolean fin, int opcode, int length, int key) throws IOException, FailedException {
        byte[] payload = new byte[length];
        int offset = flaws.has(Flaw.MASK_RUNS_ON) ? maskOffset : 0;
        int done = 0;
        while (done < length) {
            int count = in.read(payload, done, length - done);
            if (count < 0) {
                throw new EOFException("inside a frame");
            }
            for (int i = done; i < done + count; i++) {
                int at = flaws.has(Flaw.MASK_BY_READ) ? i - done : i + offset;
                payload[i] ^= (byte) (key >>> (24 - 8 * (at % 4)));
            }
            text(opcode, Bytes.copyOf(payload).slice(done, done + count));
            done += count;
        }
        maskOffset = (offset + length) % 4;
        boolean atEnd = fin || flaws.has(Flaw.UTF8_BY_FRAGMENT);
        boolean textFrame = !Opcode.isControl(opcode) && messageOpcode == Opcode.TEXT && !unchecked();
        if (textFrame && atEnd && (doomed || (!automaton().complete() && !flaws.has(Flaw.ALLOWS_CUT_CHARACTER)))) {
            shared = new Utf8Automaton();
            throw new FailedException(flaws.has(Flaw.UTF8_AS_1002) ? 1002 : 1007);
        }
        return Bytes.copyOf(payload);
    }

    private void text(int opcode, Bytes piece) throws FailedException {
        boolean checked = !Opcode.isControl(opcode) && messageOpcode == Opcode.TEXT && !unchecked();
        if (!checked || doomed || automaton().accepts(lenient(piece))) {
            return;
        }
        doomed = flaws.has(Flaw.UTF8_LATE);
        if (!doomed) {
            shared = new Utf8Automaton();
            throw new FailedException(flaws.has(Flaw.UTF8_AS_1002) ? 1002 : 1007);
        }
    }

    private boolean unchecked() {
        return compressed || flaws.has(Flaw.NO_UTF8_CHECK) || (flaws.has(Flaw.UTF8_FIRST_MESSAGE_ONLY) && messages > 0);
    }

    private Utf8Automaton automaton() {
        return flaws.has(Flaw.UTF8_STATE_OF_ALL) ? shared : utf8;
    }

    /** Puts something valid in the place of what the flaw lets pass. */
    private Bytes lenient(Bytes piece) {
        String hex = piece.hex();
        if (flaws.has(Flaw.ALLOWS_SURROGATES)) {
            hex = hex.replaceAll("ed([ab].)", "ed9f");
        }
        if (flaws.has(Flaw.ALLOWS_OVERLONG)) {
            hex = hex.replaceAll("c[01]", "c2").replaceAll("e0([89].)", "e0a0");
        }
        if (flaws.has(Flaw.ALLOWS_BEYOND_UNICODE)) {
            hex = hex.replaceAll("f490", "f480");
        }
        return Bytes.hex(hex);
    }

    private void ended(boolean fin, int opcode) {
        if (Opcode.isControl(opcode)) {
            messageOpcode = flaws.has(Flaw.CONTROL_ENDS_MESSAGE) ? -1 : messageOpcode;
        } else if (fin) {
            messageOpcode = -1;
            messages++;
        }
    }

    private void waitForEver() throws IOException {
        while (in.read() >= 0) {
            // Until the other side gives up.
        }
        throw new EOFException("gave up");
    }

    private static void check(boolean legal) throws FailedException {
        if (!legal) {
            throw new FailedException(1002);
        }
    }
}
