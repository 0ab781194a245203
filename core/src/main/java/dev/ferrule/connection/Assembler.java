package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.FrameReader;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.Utf8;
import dev.ferrule.spi.Timers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of a message together, within the limits: as soon as a header announces too much, and before anything
 * is allocated. Text is validated as it arrives.
 */
final class Assembler {
    private static final byte[] NONE = new byte[0];

    private final Limits limits;
    private final @Nullable RateLimit rate;
    private boolean text;
    private int fragments;
    /** What the frames so far announce. */
    private long announced;
    /** All pieces that have been checked were known to be ASCII. */
    private boolean ascii = true;
    /** What has arrived of a message that doesn't come in one piece: arrays that are full, and the one that is filled. */
    private @Nullable List<byte[]> full;

    /** How much is in those that are full. */
    private int before;

    private byte[] bytes = NONE;
    /** How much is in the last one. */
    private int size;

    private @Nullable Utf8 utf8;

    Assembler(Limits limits, Timers timers) {
        this.limits = limits;
        this.rate = RateLimit.of(limits, timers);
    }

    /**
     * A data frame begins, or some bytes of one have come.
     *
     * @param message whether a message begins
     * @param isText whether that message is a text
     * @param length how many more bytes the message will have at least
     * @param frame whether a frame begins
     */
    void frame(boolean message, boolean isText, long length, boolean frame) throws ProtocolException {
        if (message) {
            text = isText;
            fragments = 0;
            announced = 0;
        }
        if (rate != null) {
            rate.take(message, length);
        }
        announced += length;
        if (announced > limits.messageBytes()) {
            throw new ProtocolException(
                    CloseCode.MESSAGE_TOO_BIG,
                    "message of at least " + announced + " bytes, the limit is " + limits.messageBytes()
                            + " (RFC 6455 section 10.4)");
        }
        if (frame && ++fragments > limits.fragments()) {
            throw new ProtocolException(
                    CloseCode.POLICY_VIOLATION,
                    "message of more than " + limits.fragments() + " fragments (RFC 6455 section 10.4)");
        }
    }

    /** A frame that isn't compressed, from an engine that lets frames pass which are as long as a compressed one may be. */
    void plainFrame(int length) throws ProtocolException {
        if (length > limits.frameBytes()) {
            throw new ProtocolException(
                    CloseCode.MESSAGE_TOO_BIG,
                    "frame of " + length + " bytes, the limit is " + limits.frameBytes() + " (RFC 6455 section 10.4)");
        }
    }

    /** So many bytes of a compressed message have come out, which only now is known. */
    void inflated(int length) throws ProtocolException {
        frame(false, text, length, false);
    }

    /** Whether nothing of the message has been put aside, so that a piece with all of it may be taken as it is. */
    boolean empty() {
        return size == 0 && full == null;
    }

    boolean text() {
        return text;
    }

    /**
     * A further piece of the message, of which not all is there: text is checked as it arrives.
     *
     * @param isAscii whether the piece is known to be ASCII
     */
    void check(ByteBuffer in, int from, int length, boolean isAscii) throws ProtocolException {
        if (!text || (isAscii && ascii)) {
            return;
        }
        ascii = false;
        if (utf8 == null) {
            utf8 = new Utf8();
        }
        if (!utf8.accept(in, from, length)) {
            throw invalidText();
        }
    }

    /** A piece of the message that has been checked, or that comes last; its buffer's position stays. */
    void add(ByteBuffer in, int length, boolean lastFrame) {
        int from = in.position();
        for (int added = 0; added < length; ) {
            if (size == bytes.length) {
                another(length - added, lastFrame);
            }
            int n = Math.min(length - added, bytes.length - size);
            in.get(from + added, bytes, size, n);
            size += n;
            added += n;
        }
    }

    /**
     * The last array is full. The announced size is what is needed if this is the last frame; else it grows twofold, and
     * never over the limit: by further arrays, since a copy at each step would have allocated more than the limit in all
     * when a message turns out to exceed it.
     */
    private void another(int length, boolean lastFrame) {
        if (size > 0) {
            if (full == null) {
                full = new ArrayList<>();
            }
            full.add(bytes);
            before += size;
            size = 0;
        }
        long wanted =
                lastFrame ? announced : Math.max(announced, Math.min(2L * (before + length), limits.messageBytes()));
        bytes = array((int) (wanted - before));
    }

    private byte[] array(int length) {
        return text ? TextArrays.acquire(length) : new byte[length];
    }

    /** All that was added, in one array, of which as much is used as {@link #size} says. */
    private byte[] whole() {
        if (full == null) {
            return bytes;
        }
        byte[] whole = array(before + size);
        full.add(bytes);
        int at = 0;
        for (byte[] piece : full) {
            int n = Math.min(piece.length, before + size - at);
            System.arraycopy(piece, 0, whole, at, n);
            at += n;
            if (text) {
                TextArrays.release(piece);
            }
        }
        size = at;
        return whole;
    }

    /**
     * The text that has been put together, which is done with.
     *
     * @param isAscii whether the last piece is known to be ASCII
     */
    String takeText(boolean isAscii) throws ProtocolException {
        byte[] all = whole();
        String decoded = decode(all, size, isAscii);
        TextArrays.release(all);
        reset();
        return decoded;
    }

    /** The binary message that has been put together, which is done with. */
    ByteBuffer takeBinary() {
        byte[] all = whole();
        ByteBuffer message = ByteBuffer.wrap(all, 0, size).slice().asReadOnlyBuffer();
        reset();
        return message;
    }

    private void reset() {
        full = null;
        before = 0;
        bytes = NONE;
        size = 0;
        forget();
    }

    /** A text that was checked as it arrived has been put together elsewhere. */
    private void forget() {
        utf8 = null;
        ascii = true;
    }

    /**
     * A text that is there as a whole.
     *
     * @param isAscii whether it is known to be ASCII, but for what has been checked before
     */
    String decode(byte[] array, int length, boolean isAscii) throws ProtocolException {
        // What is known to be ASCII needs no second look: as Latin-1 it is a mere copy.
        String whole = isAscii && ascii
                ? new String(array, 0, length, StandardCharsets.ISO_8859_1)
                : Utf8.decode(array, 0, length);
        forget();
        if (whole == null) {
            throw invalidText();
        }
        return whole;
    }

    private static ProtocolException invalidText() {
        return new ProtocolException(
                CloseCode.INVALID_FRAME_PAYLOAD_DATA, "text message is not UTF-8 (RFC 6455 section 8.1)");
    }

    /** The limit of a frame as the reader of frames needs it. */
    static FrameReader reader(CoreConnection connection, boolean compression) {
        return new FrameReader(connection.role(), connection.limits().frameBytes(), compression);
    }
}
