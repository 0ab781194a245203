package dev.ferrule.connection;

import dev.ferrule.connection.Buffers.Pooled;
import dev.ferrule.protocol.ClosePayload;
import dev.ferrule.protocol.FrameReader;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connection over bytes: reads frames, and hands messages to the endpoint. */
final class ByteConnection extends ApiConnection implements ByteListener {
    /** So many full reads, then the other connections of the thread have their turn. */
    private static final int READS_PER_TURN = 4;

    private static final byte[] NONE = new byte[0];

    private final ByteTransport transport;
    private final ByteOutbound outbound;
    private final FrameReader frames;
    private final Assembler assembler;
    private final @Nullable Inflating inflating;

    /** Set by the transport: a read would return something. */
    private volatile boolean readable;
    /** The transport has been asked to say when there is something to read, and has not said so. */
    private volatile boolean awaiting;

    private volatile boolean dropped;
    private volatile boolean draining;
    private volatile boolean held;

    /** Of the holder of the role. */
    private final ReceiveBuffer in = new ReceiveBuffer();

    private boolean inFrame;
    /** The message that is being received is not to be delivered. */
    private boolean unwanted;

    private byte[] control = NONE;
    private int controlBytes;
    /** A whole message that waits until there is room for an answer. */
    private @Nullable String heldText;

    private @Nullable ByteBuffer heldBinary;
    private boolean endOfStream;
    /** The peer's Close has come: nothing after it counts (RFC 6455 section 5.5.1). */
    private boolean peerDone;

    private boolean unreadAtClose;

    ByteConnection(Opened opened, ByteTransport transport) {
        super(opened, transport.workers(), transport.eventsMayBlock());
        this.transport = transport;
        Compression compression = opened.compression();
        this.outbound = new ByteOutbound(this, opened.limits(), compression, transport);
        this.inflating = compression == null ? null : compression.inflating(opened.role());
        this.frames = Assembler.reader(this, compression != null);
        this.assembler = new Assembler(opened.limits(), opened.timers());
    }

    @Override
    Outbound outbound() {
        return outbound;
    }

    @Override
    boolean held() {
        return held;
    }

    @Override
    boolean onEngineThread() {
        return transport.onEngineThread();
    }

    // ------------------------------------------------------------------ events of the transport

    @Override
    public void opened() {
        signalFromEngine();
    }

    @Override
    public void readable() {
        awaiting = false;
        if (hops() && claim()) {
            prefetch();
        } else {
            readable = true;
            signalFromEngine();
        }
    }

    /**
     * Where callbacks need another thread, the engine's own reads, and asks for more before it hands over: with one message
     * at a time, the selector then needs no change of interest and no waking up (half of what the hop costs).
     */
    private void prefetch() {
        boolean idle = in.idle() && !endOfStream && !peerDone && !over() && !held;
        if (idle) {
            read();
            if (!readable && !endOfStream && !over()) {
                awaitReadable();
            }
            if (in.unseen() == 0 && !readable && !endOfStream && !over()) {
                in.release();
                if (disclaim()) {
                    return;
                }
            }
        } else {
            readable = true;
        }
        handOver();
    }

    private void awaitReadable() {
        awaiting = true;
        transport.awaitReadable();
    }

    @Override
    public void writable() {
        outbound.writable();
    }

    // ------------------------------------------------------------------ reading, with the role

    @Override
    void receive() throws ProtocolException {
        held = false;
        for (int reads = 0; ; reads++) {
            releaseLent();
            if (!over() && !handle()) {
                hold();
                return;
            }
            outbound.flush();
            if (over() || peerDone) {
                drain();
                return;
            }
            if (endOfStream) {
                end();
                return;
            }
            if (!readable || reads == READS_PER_TURN) {
                if (!in.park()) {
                    putAside();
                }
                readable = false;
                if (!awaiting) {
                    awaitReadable();
                }
                return;
            }
            read();
        }
    }

    private void read() {
        ByteBuffer room = in.room();
        try {
            int n = transport.read(room);
            if (n > 0) {
                heard();
            }
            endOfStream = n < 0;
            // A short read has emptied the transport, or else it will say so: asking again would cost a system call.
            readable = !room.hasRemaining();
        } catch (IOException | RuntimeException e) {
            lost(e);
        }
        in.filled();
    }

    /** The beginning of a message leaves the buffer, of which too many connections keep one. */
    private void putAside() {
        ByteBuffer bytes = in.bytes();
        assembler.add(bytes, in.kept(), frames.fin());
        in.release();
    }

    /** Handles what was read; false if the rest has to wait. */
    private boolean handle() throws ProtocolException {
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

    private void hold() {
        held = true;
        in.shrink();
    }

    private void releaseLent() {
        if (!stagePending()) {
            in.restored(heldBinary != null);
        }
    }

    /** The peer has ended its output without a Close: what waits may still leave. */
    private void end() {
        if (outbound.room(Integer.MAX_VALUE)) {
            lost(new EOFException("end of the stream without a Close frame (RFC 6455 section 7.1.5)"));
        }
    }

    /** Nothing that comes now counts; but unread, it would make TCP reset, and take our Close from the peer. */
    private void drain() {
        in.release();
        if (!draining || dropped) {
            return;
        }
        Pooled sink = Buffers.FOR_READING.acquire();
        try {
            for (int reads = 0; reads < READS_PER_TURN; reads++) {
                int n = transport.read(sink.bytes.clear());
                if (n < 0) {
                    drop();
                    return;
                }
                if (n == 0) {
                    break;
                }
            }
            if (!awaiting) {
                awaitReadable();
            }
        } catch (IOException | RuntimeException e) {
            drop();
        } finally {
            Buffers.FOR_READING.release(sink);
        }
    }

    @Override
    void endOutput() {
        transport.shutdownOutput();
        draining = true;
        signal();
    }

    @Override
    boolean handshakeDone() {
        if (role() == Role.SERVER) {
            if (!unreadAtClose) {
                drop();
                return true;
            }
            transport.shutdownOutput();
        }
        draining = true;
        return false;
    }

    @Override
    void drop() {
        dropped = true;
        transport.close();
        gone();
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
        if (whole && assembler.text()) {
            // Unmasked where it is decoded: in an array that costs half of what it does in a buffer.
            byte[] array = in.array(before, (int) frames.remaining());
            int n = frames.take(bytes, array, before);
            inFrame = false;
            in.keep(0, 0);
            heldText = assembler.decode(array, before + n, frames.ascii());
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
        if (!outbound.room(size)) {
            outbound.flush();
            if (!outbound.room(size)) {
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
