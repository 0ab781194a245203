package dev.ferrule.jetty;

import dev.ferrule.Callbacks;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.spi.ClientOpening;
import dev.ferrule.spi.PieceListener;
import dev.ferrule.spi.PieceTransport;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.exception.CloseException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Jetty WebSocket. It reads frames from Jetty's session, and hands frames to write to Jetty's connection:
 * past the session, which would drop TCP right behind a Close with 1001, 1008 or 1011, or behind the answer to the peer's.
 */
final class WebSocketPieces implements FrameHandler, PieceTransport {
    private static final int FREE = 0;
    /** A frame is being handed over; whether it is written at once will turn out. */
    private static final int HANDING = 1;
    /** Jetty is writing it, and core waits for that. */
    private static final int AWAITED = 2;

    private static final int TAIL_OPEN = 0;
    private static final int TAIL_AWAITED = 1;
    private static final int TAIL_ENDED = 2;

    private final Executor workers;
    private final boolean eventsMayBlock;
    private final Callback written = Callback.from(this::written, failure -> notWritten());

    private @Nullable ClientOpening opening;
    private volatile @Nullable PieceListener listener;
    private @Nullable WebSocketCoreSession session;
    private @Nullable WebSocketConnection connection;

    /** Of the reader: whether the message that is being received is a text. */
    private boolean text;
    /** Given back at the next request, and with it the frame's payload. */
    private @Nullable Callback frameHandled;
    /** Not given back before the end: Jetty would answer the peer's Close, which core does. */
    private volatile @Nullable Callback closeHandled;

    /** What is known of the end of TCP behind the peer's Close: nothing, that core waits for it, that it has come. */
    private final AtomicInteger tail = new AtomicInteger(TAIL_OPEN);

    private final AtomicInteger writing = new AtomicInteger(FREE);
    /** Of the writer: whether a fragment has been written that isn't the last one. */
    private boolean continued;

    private volatile boolean aborted;
    private volatile boolean ended;

    WebSocketPieces(ClientOpening opening, Executor workers, Callbacks callbacks) {
        this.opening = opening;
        this.workers = workers;
        this.eventsMayBlock = !callbacks.inline() && callbacks.executor() == null;
    }

    boolean bound() {
        return listener != null;
    }

    // ------------------------------------------------------------------ events of Jetty

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        ClientOpening binding = opening;
        if (binding == null || !(opened instanceof WebSocketCoreSession jetty)) {
            callback.failed(new IllegalStateException("not a session that has just been opened"));
            return;
        }
        opening = null;
        session = jetty;
        connection = jetty.getConnection();
        PieceListener bound = binding.overPieces(this);
        listener = bound;
        // Jetty's session is open when this is done, and not before.
        callback.succeeded();
        bound.opened();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        PieceListener bound = listener;
        if (bound == null || aborted) {
            callback.succeeded();
            return;
        }
        byte opcode = frame.getOpCode();
        if (opcode == OpCode.CLOSE) {
            closeHandled = callback;
            CloseStatus close = CloseStatus.getCloseStatus(frame);
            bound.closeReceived(CloseCode.of(close.getCode()), close.getReason() == null ? "" : close.getReason());
            return;
        }
        frameHandled = callback;
        ByteBuffer payload = frame.getPayload();
        switch (opcode) {
            case OpCode.PING -> bound.pingReceived(payload);
            case OpCode.PONG -> bound.pongReceived(payload);
            default -> {
                text = opcode == OpCode.TEXT || (opcode == OpCode.CONTINUATION && text);
                bound.dataReceived(text, frame.isRsv1(), payload, frame.isFin(), true);
            }
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        PieceListener bound = listener;
        if (bound != null && !aborted) {
            ended = true;
            // If the peer's Close has come, Jetty objects to what follows it; core answers the Close, and hears of it
            // then.
            if (closeHandled == null) {
                tell(bound, cause);
            } else {
                tailEnded(bound);
            }
        }
        // Completed, Jetty goes on with onClosed.
        callback.succeeded();
    }

    private static void tell(PieceListener bound, Throwable cause) {
        if (cause instanceof CloseException violation) {
            bound.violated(CloseCode.of(violation.getStatusCode()), cause);
        } else if (cause instanceof ClosedChannelException) {
            bound.endReceived();
        } else {
            bound.lost(cause);
        }
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        callback.succeeded();
        PieceListener bound = listener;
        if (bound == null || aborted) {
            return;
        }
        if (closeHandled != null) {
            tailEnded(bound);
        } else if (!ended) {
            bound.lost(new ClosedChannelException());
        }
    }

    /** TCP has ended; before the peer's Close Jetty tells it as an error. */
    void endOfInput() {
        PieceListener bound = listener;
        if (bound != null && !aborted && closeHandled != null) {
            tailEnded(bound);
        }
    }

    // ------------------------------------------------------------------ commands of core

    @Override
    public void request() {
        Callback handled = frameHandled;
        frameHandled = null;
        if (handled != null) {
            handled.succeeded();
        }
        WebSocketCoreSession open = session;
        if (closeHandled != null) {
            awaitEnd();
        } else if (open != null) {
            open.demand();
        }
    }

    /** Jetty itself reads on behind the peer's Close, until TCP ends. */
    private void awaitEnd() {
        PieceListener bound = listener;
        if (!tail.compareAndSet(TAIL_OPEN, TAIL_AWAITED) && bound != null && !aborted) {
            workers.execute(bound::endReceived);
        }
    }

    /** TCP has ended, or Jetty has dropped it, behind the peer's Close. */
    private void tailEnded(PieceListener bound) {
        if (tail.getAndSet(TAIL_ENDED) == TAIL_AWAITED) {
            bound.endReceived();
        }
    }

    @Override
    public boolean text(String message, boolean last) {
        return data(OpCode.TEXT, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), last);
    }

    @Override
    public boolean binary(ByteBuffer data, boolean last) {
        // Jetty masks a buffer in little-endian order wrongly, and moves its position.
        return data(OpCode.BINARY, data.duplicate(), last);
    }

    private boolean data(byte opcode, ByteBuffer payload, boolean last) {
        Frame frame = new Frame(continued ? OpCode.CONTINUATION : opcode, last, payload);
        continued = !last;
        return write(frame);
    }

    @Override
    public boolean compressed(boolean isText, ByteBuffer data) {
        Frame frame = new Frame(isText ? OpCode.TEXT : OpCode.BINARY, data.duplicate());
        frame.setRsv1(true);
        return write(frame);
    }

    @Override
    public boolean ping(ByteBuffer payload) {
        return write(new Frame(OpCode.PING, payload.duplicate()));
    }

    @Override
    public boolean pong(ByteBuffer payload) {
        return write(new Frame(OpCode.PONG, payload.duplicate()));
    }

    @Override
    public boolean close(CloseCode code, String reason) {
        return write(
                code.equals(CloseCode.NO_STATUS_RECEIVED)
                        ? new Frame(OpCode.CLOSE)
                        : new Frame(OpCode.CLOSE, CloseStatus.asPayloadBuffer(code.value(), reason)));
    }

    private boolean write(Frame frame) {
        WebSocketConnection to = connection;
        PieceListener bound = listener;
        if (to == null || bound == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        if (ended) {
            workers.execute(bound::endReceived);
            return false;
        }
        writing.set(HANDING);
        to.enqueueFrame(new OutgoingEntry.Builder(frame, written).build());
        return !writing.compareAndSet(HANDING, AWAITED);
    }

    private void written() {
        PieceListener bound = listener;
        if (writing.getAndSet(FREE) == AWAITED && bound != null && !aborted) {
            bound.written();
        }
    }

    /** Jetty fails the connection, and tells why by onError, but not behind the peer's Close: then core waits for this. */
    private void notWritten() {
        PieceListener bound = listener;
        if (writing.getAndSet(FREE) == AWAITED && closeHandled != null && bound != null && !aborted) {
            tail.set(TAIL_ENDED);
            bound.endReceived();
        }
    }

    @Override
    public boolean answersPings() {
        return false;
    }

    @Override
    public void shutdownOutput() {
        WebSocketConnection open = connection;
        if (open != null) {
            open.getEndPoint().shutdownOutput();
        }
    }

    @Override
    public void abort() {
        aborted = true;
        WebSocketCoreSession open = session;
        if (open != null) {
            open.abort();
        }
        Callback close = closeHandled;
        closeHandled = null;
        if (close != null) {
            close.succeeded();
        }
    }

    @Override
    public Executor workers() {
        return workers;
    }

    @Override
    public boolean eventsMayBlock() {
        return eventsMayBlock;
    }

    @Override
    public boolean onEngineThread() {
        return Invocable.isNonBlockingInvocation();
    }
}
