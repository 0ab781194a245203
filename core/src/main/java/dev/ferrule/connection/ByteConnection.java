package dev.ferrule.connection;

import dev.ferrule.connection.Buffers.Pooled;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection over bytes: reads what the transport has, for as long as it can be handled, and ends with it. */
final class ByteConnection extends FrameConnection implements ByteListener {
    /** So many full reads, then the other connections of the thread have their turn. */
    private static final int READS_PER_TURN = 4;

    private final ByteTransport transport;
    private final ByteOutbound outbound;

    /** Set by the transport: a read would return something. */
    private volatile boolean readable;
    /** The transport has been asked to say when there is something to read, and has not said so. */
    private volatile boolean awaiting;

    private volatile boolean dropped;
    private volatile boolean draining;
    private volatile boolean held;

    /** Of the holder of the role. */
    private boolean endOfStream;

    ByteConnection(Opened opened, ByteTransport transport) {
        super(opened, transport);
        this.transport = transport;
        this.outbound = new ByteOutbound(this, opened.limits(), opened.compression(), transport);
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
        boolean idle = in.idle() && !endOfStream && !peerDone() && !over() && !held;
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
            in.handOver();
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
        in.arrived();
        for (int reads = 0; ; reads++) {
            releaseLent();
            if (!over() && !handle()) {
                hold();
                return;
            }
            outbound.flush();
            if (over() || peerDone()) {
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

    private void hold() {
        held = true;
        in.shrink();
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
            if (!unreadAtClose()) {
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
}
