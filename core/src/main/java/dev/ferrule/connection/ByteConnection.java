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
final class ByteConnection extends CoreConnection implements ByteListener {
    /** So many full reads, then the other connections of the thread have their turn. */
    private static final int READS_PER_TURN = 4;

    private static final byte[] NONE = new byte[0];

    private final ByteTransport transport;
    private final ByteOutbound outbound;
    private final FrameReader frames;
    private final Assembler assembler;
    private final ControlBudget controlBudget;

    /** Set by the transport: a read would return something. */
    private volatile boolean readable;
    /** The transport has been asked to say when there is something to read, and has not said so. */
    private volatile boolean awaiting;

    private volatile boolean dropped;
    private volatile boolean draining;
    private volatile boolean held;

    /** Of the holder of the role: what was read and not yet handled. */
    private @Nullable Pooled in;
    /** A buffer of which a message is lent until the stage completes that its callback returned. */
    private @Nullable Pooled lent;

    private boolean lending;
    private boolean inFrame;
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
        this.outbound = new ByteOutbound(this, opened.limits(), transport);
        this.frames = Assembler.reader(this);
        this.assembler = new Assembler(opened.limits(), opened.timers());
        this.controlBudget = new ControlBudget(opened.limits(), opened.timers());
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
        boolean idle = in == null && lent == null && !endOfStream && !peerDone && !over() && !held;
        if (idle) {
            read();
            if (!readable && !endOfStream && !over()) {
                awaitReadable();
            }
            if (in != null && !in.bytes.hasRemaining() && !readable && !endOfStream && !over()) {
                releaseIn();
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
                releaseIn();
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
        keepLent();
        if (in == null || in.bytes.capacity() < Buffers.BYTES) {
            // One that was shrunk while it waited is of no use for reading: it may even have no room at all.
            in = Buffers.acquire();
        }
        ByteBuffer bytes = in.bytes.clear();
        try {
            int n = transport.read(bytes);
            if (n > 0) {
                heard();
            }
            endOfStream = n < 0;
            // A short read has emptied the transport, or else it will say so: asking again would cost a system call.
            readable = !bytes.hasRemaining();
        } catch (IOException | RuntimeException e) {
            lost(e);
        }
        bytes.flip();
    }

    /** Handles what was read; false if the rest has to wait. */
    private boolean handle() throws ProtocolException {
        while (!over() && !peerDone) {
            if (heldText != null || heldBinary != null) {
                if (!deliverHeld()) {
                    return false;
                }
            } else if (in == null || !(in.bytes.hasRemaining() || (inFrame && frames.remaining() == 0))) {
                return true;
            } else if (!step(in)) {
                return false;
            }
        }
        return true;
    }

    private void hold() {
        held = true;
        if (in != null && !lending) {
            in = Buffers.shrink(in);
        }
    }

    /** What is lent of the buffer stays as it is, until the stage completes; reading goes on with another buffer. */
    private void keepLent() {
        if (lending) {
            lent = in;
            in = null;
            lending = false;
        }
    }

    private void releaseLent() {
        if (!stagePending()) {
            lending = heldBinary != null && lending;
            if (lent != null) {
                Buffers.release(lent);
                lent = null;
            }
        }
    }

    private void releaseIn() {
        keepLent();
        if (in != null) {
            Buffers.release(in);
            in = null;
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
        releaseIn();
        if (!draining || dropped) {
            return;
        }
        Pooled sink = Buffers.acquire();
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
            Buffers.release(sink);
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

    private boolean step(Pooled from) throws ProtocolException {
        ByteBuffer bytes = from.bytes;
        if (!inFrame) {
            if (!frames.readHeader(bytes)) {
                return true;
            }
            inFrame = true;
            controlBytes = 0;
            if (frames.opcode().control()) {
                controlBudget.take();
            } else {
                assembler.frame(frames.first(), frames.opcode() == Opcode.TEXT, frames.length(), true);
            }
        }
        if (frames.opcode().control()) {
            controlPiece(bytes);
            return true;
        }
        if (frames.first() && frames.remaining() == frames.length() && !mayDeliver()) {
            return false;
        }
        return dataPiece(from, bytes);
    }

    private boolean dataPiece(Pooled from, ByteBuffer bytes) throws ProtocolException {
        int n = frames.unmask(bytes);
        boolean frameEnd = frames.remaining() == 0;
        boolean last = frameEnd && frames.fin();
        inFrame = !frameEnd;
        if (!last || !assembler.empty()) {
            assembler.add(bytes, n, frames.fin());
            bytes.position(bytes.position() + n);
            if (!last) {
                return true;
            }
            if (assembler.text()) {
                heldText = assembler.takeText();
            } else {
                heldBinary = assembler.takeBinary();
            }
            return deliverHeld();
        }
        // The usual case: the whole message is in the buffer.
        if (assembler.text()) {
            heldText = Assembler.decode(from.array(n), n);
        } else {
            heldBinary = from.view(n);
            lending = true;
        }
        bytes.position(bytes.position() + n);
        return deliverHeld();
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
            lending &= stagePending();
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
