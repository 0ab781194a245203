package dev.ferrule.connection;

import dev.ferrule.connection.Buffers.Pooled;
import dev.ferrule.protocol.ClosePayload;
import dev.ferrule.protocol.FrameReader;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.spi.ByteTransport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connection that takes frames apart, and hands messages to the endpoint. All of it is of the holder of the role. */
abstract class FrameConnection extends ApiConnection {
    private static final byte[] NONE = new byte[0];
    /** What fits behind the shortest header (RFC 6455 section 5.2). */
    private static final int SMALL = 125;

    /** What has been read. */
    final ReceiveBuffer in = new ReceiveBuffer();

    private final FrameReader frames;
    private final Assembler assembler;
    private final @Nullable Inflating inflating;

    private boolean inFrame;
    /** The message that is being received is not to be delivered. */
    private boolean unwanted;

    private byte[] control = NONE;
    private int controlBytes;
    /** A whole message that waits until there is room for an answer. */
    private @Nullable String heldText;

    private @Nullable ByteBuffer heldBinary;
    /** The peer's Close has come: nothing after it counts (RFC 6455 section 5.5.1). */
    private boolean peerDone;

    private boolean unreadAtClose;

    FrameConnection(Opened opened, ByteTransport transport) {
        super(opened, transport.workers(), transport.eventsMayBlock());
        Compression compression = opened.compression();
        this.inflating = compression == null ? null : compression.inflating(opened.role());
        this.frames = Assembler.reader(this, compression != null);
        this.assembler = new Assembler(opened.limits(), opened.timers());
    }

    /** Whether the peer has sent its Close. */
    final boolean peerDone() {
        return peerDone;
    }

    /** Whether bytes were there behind the peer's Close. */
    final boolean unreadAtClose() {
        return unreadAtClose;
    }

    /** Handles what was read; false if the rest has to wait. */
    final boolean handle() throws ProtocolException {
        while (!over() && !peerDone) {
            if (heldText != null || heldBinary != null) {
                if (!deliverHeld()) {
                    return false;
                }
            } else if (in.unseen() == 0 && !(in.any() && inFrame && frames.remaining() == 0) && !inflates()) {
                return true;
            } else if (!step()) {
                return false;
            }
        }
        return true;
    }

    /** The beginning of a message leaves the buffer, of which too many connections keep one. */
    final void putAside() {
        ByteBuffer bytes = in.bytes();
        assembler.add(bytes, in.kept(), frames.fin());
        in.release();
    }

    final void releaseLent() {
        if (!stagePending()) {
            in.restored(heldBinary != null);
        }
    }

    /** Whether there is more in the compressed piece that came last, of a message that is delivered in pieces. */
    private boolean inflates() {
        return inflating != null && inflating.more();
    }

    private boolean step() throws ProtocolException {
        if (inflating != null && partial != null && inflating.more()) {
            return nextInflated(inflating, partial);
        }
        ByteBuffer bytes = in.bytes();
        if (!inFrame) {
            if (!frames.readHeader(bytes)) {
                return true;
            }
            inFrame = true;
            controlBytes = 0;
            if (trace != null) {
                trace.received(frames.opcode(), frames.fin(), frames.length());
            }
            if (frames.opcode().control()) {
                takeControl();
            } else {
                // How long a compressed message is will only turn out.
                long length = frames.compressed() ? 0 : frames.length();
                assembler.frame(frames.first(), frames.opcode() == Opcode.TEXT, length, true);
            }
        }
        if (frames.opcode().control()) {
            controlPiece(bytes);
            return true;
        }
        boolean begins = frames.first() && frames.remaining() == frames.length();
        if ((begins || partial != null) && !unwanted && !mayDeliver()) {
            if (!discards()) {
                return false;
            }
            unwanted = true;
        }
        return unwanted ? discard(bytes) : dataPiece(bytes);
    }

    /** A message that came behind our Close, and that nobody asked for: it must not hide the peer's Close. */
    private boolean discard(ByteBuffer bytes) throws ProtocolException {
        int n = frames.unmask(bytes);
        inFrame = frames.remaining() > 0;
        unwanted = inFrame || !frames.fin();
        if (inflating != null && frames.compressed()) {
            // Later messages may refer to it.
            inflating.add(bytes, n, !unwanted, null);
        }
        bytes.position(bytes.position() + n);
        return true;
    }

    private boolean dataPiece(ByteBuffer bytes) throws ProtocolException {
        if (inflating != null && frames.compressed()) {
            return compressedPiece(inflating, bytes);
        }
        int from = bytes.position();
        int before = in.kept();
        boolean whole = frames.fin() && partial == null && assembler.empty() && frames.remaining() <= in.unseen();
        if (whole && (assembler.text() || frames.length() <= SMALL)) {
            // Unmasked where it is decoded, or lent: in an array that costs half of what it does in a buffer.
            byte[] array = in.array(before, (int) frames.remaining());
            int n = frames.take(bytes, array, before);
            inFrame = false;
            in.keep(0, 0);
            if (assembler.text()) {
                heldText = assembler.decode(array, before + n, frames.ascii());
            } else {
                heldBinary = in.lendArray(before + n);
            }
            return deliverHeld();
        }
        int n = frames.unmask(bytes.position(from + before));
        bytes.position(from);
        inFrame = frames.remaining() != 0;
        if (partial != null) {
            return partialPiece(partial, bytes, n, !inFrame && frames.fin());
        }
        if (inFrame || !frames.fin()) {
            assembler.check(bytes, from + before, n, frames.ascii());
            if (assembler.empty() && frames.fin() && frames.length() <= Buffers.READ_BYTES) {
                releaseLent();
                in.keep(before + n, (int) frames.length());
            } else {
                assembler.add(bytes, n, frames.fin());
                bytes.position(from + n);
            }
            return true;
        }
        in.keep(0, 0);
        if (!assembler.empty()) {
            assembler.add(bytes, n, true);
            heldText = assembler.text() ? assembler.takeText(frames.ascii()) : null;
            heldBinary = heldText == null ? assembler.takeBinary() : null;
        } else {
            heldBinary = in.lend(before + n);
        }
        bytes.position(from + before + n);
        return deliverHeld();
    }

    private boolean partialPiece(Partial to, ByteBuffer bytes, int n, boolean last) throws ProtocolException {
        int from = bytes.position();
        boolean something = to.piece(n, last);
        if (assembler.text()) {
            heldText = to.decode(in.array(n, 0), n);
        } else if (something) {
            heldBinary = in.lend(n);
        }
        bytes.position(from + n);
        return (heldText == null && heldBinary == null) || deliverHeld();
    }

    @Override
    @Nullable
    Pooled lender() {
        return in.lender();
    }

    private boolean compressedPiece(Inflating inflating, ByteBuffer bytes) throws ProtocolException {
        int n = frames.unmask(bytes);
        inFrame = frames.remaining() != 0;
        boolean last = !inFrame && frames.fin();
        if (partial != null) {
            inflating.give(bytes, n, last);
            bytes.position(bytes.position() + n);
            return nextInflated(inflating, partial);
        }
        byte[] whole = inflating.add(bytes, n, last, assembler);
        bytes.position(bytes.position() + n);
        if (!last) {
            return true;
        }
        if (assembler.text()) {
            heldText = whole == null ? assembler.takeText(false) : assembler.decode(whole, whole.length, false);
        } else {
            heldBinary = whole == null
                    ? assembler.takeBinary()
                    : ByteBuffer.wrap(whole).asReadOnlyBuffer();
        }
        return deliverHeld();
    }

    private boolean nextInflated(Inflating from, Partial to) throws ProtocolException {
        if (!mayDeliver()) {
            if (!discards()) {
                return false;
            }
            from.skip();
            unwanted = !from.ended();
            return true;
        }
        byte[] piece = from.next(assembler);
        boolean something = to.piece(piece.length, from.ended());
        if (assembler.text()) {
            heldText = to.decode(piece, piece.length);
        } else if (something) {
            heldBinary = ByteBuffer.wrap(piece).asReadOnlyBuffer();
        }
        return (heldText == null && heldBinary == null) || deliverHeld();
    }

    @Override
    void release() {
        if (inflating != null) {
            inflating.release();
        }
    }

    /** Delivers a message, if there is room for an answer of its size; what is sent before makes room by leaving. */
    private boolean deliverHeld() {
        int size = heldText != null ? heldText.length() : heldBinary != null ? heldBinary.remaining() : 0;
        if (!outbound().room(size)) {
            outbound().flush();
            if (!outbound().room(size)) {
                return false;
            }
        }
        releaseLent();
        String text = heldText;
        ByteBuffer binary = heldBinary;
        heldText = null;
        heldBinary = null;
        if (text != null) {
            deliverText(text);
        } else if (binary != null) {
            deliverBinary(binary);
            in.returned(stagePending());
        }
        return true;
    }

    private void controlPiece(ByteBuffer bytes) throws ProtocolException {
        int n = frames.unmask(bytes);
        ByteBuffer payload;
        if (n == frames.length()) {
            payload = bytes.slice(bytes.position(), n);
        } else {
            control = control.length == 0 ? new byte[125] : control;
            bytes.get(bytes.position(), control, controlBytes, n);
            controlBytes += n;
            payload = ByteBuffer.wrap(control, 0, controlBytes);
        }
        bytes.position(bytes.position() + n);
        if (frames.remaining() > 0) {
            return;
        }
        inFrame = false;
        switch (frames.opcode()) {
            case PING -> answerPing(payload);
            case PONG -> deliverPong(payload);
            default -> {
                unreadAtClose = bytes.hasRemaining();
                peerClosed(ClosePayload.parse(payload));
                peerDone = true;
            }
        }
    }
}
