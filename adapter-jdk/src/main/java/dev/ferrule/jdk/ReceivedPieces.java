package dev.ferrule.jdk;

import dev.ferrule.protocol.CloseCode;
import dev.ferrule.spi.PieceListener;
import java.net.ProtocolException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the JDK a little ahead of core, so that one is always asked for: the end of the stream is lost if it
 * comes while none is. What core has not asked for yet waits here, in order; when too much waits, the JDK is asked for
 * nothing more, and the peer feels it. (A request from any thread but the JDK's selector leaves an instant in which the JDK
 * has nothing to give the end of the stream to, and drops it; then it is the heartbeat that finds out. So the first event is
 * asked for when the connection opens, each further one from within the last, and one from elsewhere only when what
 * waited was too much, which is many.)
 */
final class ReceivedPieces implements WebSocket.Listener {
    private static final int MAX_EVENTS = 512;
    private static final int MAX_UNITS = 64 << 10;
    private static final int NONE = -1;

    /** What waits for core, with its size in bytes or characters. */
    private record Event(int size, Delivery delivery) {}

    private interface Delivery {
        void to(PieceListener core);
    }

    private final OpeningHandshake handshake;
    private volatile @Nullable PieceListener core;
    private volatile boolean ended;
    private volatile int peerCode = NONE;
    /** Completed to have the JDK answer the peer's Close with the same code. */
    private final CompletableFuture<Void> echo = new CompletableFuture<>();

    private boolean inMessage;

    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final ArrayDeque<Event> waiting = new ArrayDeque<>(1);

    private int units;
    /** Core waits for an event, and none is here. */
    private boolean wanted;
    /** The JDK was not asked for a further event, as too much waits. */
    private boolean paused;

    ReceivedPieces(OpeningHandshake handshake) {
        this.handshake = handshake;
    }

    PieceListener core() {
        return Objects.requireNonNull(core);
    }

    /** Whether nothing more can be sent: the JDK has failed the connection, or it was aborted. */
    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** Whether the peer's Close has this code, so that the JDK would answer with it. */
    boolean echoes(CloseCode code) {
        return peerCode == code.value();
    }

    void echo() {
        echo.complete(null);
    }

    // ------------------------------------------------------------------ core asks

    void request(WebSocket webSocket) {
        Event next;
        boolean resume = false;
        lock.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                wanted = true;
            } else {
                units -= next.size();
                resume = paused && room();
                paused &= !resume;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.delivery().to(core());
        }
        if (resume) {
            webSocket.request(1);
        }
    }

    private boolean room() {
        return waiting.size() < MAX_EVENTS && units < MAX_UNITS;
    }

    // ------------------------------------------------------------------ the JDK delivers

    @Override
    public void onOpen(WebSocket webSocket) {
        PieceListener bound = handshake.opened(webSocket, this);
        if (bound == null) {
            webSocket.abort();
            return;
        }
        core = bound;
        webSocket.request(1);
        bound.opened();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence piece, boolean last) {
        if (wanted()) {
            webSocket.request(1);
            core().textReceived(piece, last);
        } else {
            hold(webSocket, piece.length(), core -> core.textReceived(piece, last));
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer piece, boolean last) {
        // Frames can't be seen, except that a piece without a byte is one.
        boolean frame = !inMessage || !piece.hasRemaining();
        inMessage = !last;
        if (wanted()) {
            webSocket.request(1);
            core().dataReceived(false, piece, last, frame);
        } else {
            hold(webSocket, piece.remaining(), core -> core.dataReceived(false, piece, last, frame));
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer payload) {
        hold(webSocket, payload.remaining(), core -> core.pingReceived(payload));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer payload) {
        hold(webSocket, payload.remaining(), core -> core.pongReceived(payload));
        return null;
    }

    /** The JDK answers when the stage completes; where it never does, only what core sends goes out. */
    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        if (code == CloseCode.ABNORMAL_CLOSURE.value()) {
            last(PieceListener::endReceived);
        } else {
            peerCode = code;
            last(core -> core.closeReceived(CloseCode.of(code), reason));
        }
        return echo;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        ended = true;
        if (error instanceof ProtocolException) {
            CloseCode code = coding(error) ? CloseCode.INVALID_FRAME_PAYLOAD_DATA : CloseCode.PROTOCOL_ERROR;
            last(core -> core.violated(code, error));
        } else {
            last(core -> core.lost(error));
        }
    }

    /** Whether text, or the reason of a Close, was no UTF-8. */
    private static boolean coding(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof CharacterCodingException) {
                return true;
            }
        }
        return false;
    }

    // ------------------------------------------------------------------ between the two

    /** Whether core waits for the event that has come; then it gets it at once. */
    private boolean wanted() {
        lock.lock();
        try {
            boolean now = wanted;
            wanted = false;
            return now;
        } finally {
            lock.unlock();
        }
    }

    private void hold(WebSocket webSocket, int size, Delivery delivery) {
        boolean now;
        boolean more;
        lock.lock();
        try {
            now = wanted;
            wanted = false;
            if (!now) {
                waiting.add(new Event(size, delivery));
                units += size;
            }
            more = room();
            paused = !more;
        } finally {
            lock.unlock();
        }
        if (more) {
            webSocket.request(1);
        }
        if (now) {
            delivery.to(core());
        }
    }

    /** The last event: nothing is asked for behind it. */
    private void last(Delivery delivery) {
        lock.lock();
        try {
            if (!wanted) {
                waiting.add(new Event(0, delivery));
                return;
            }
            wanted = false;
        } finally {
            lock.unlock();
        }
        delivery.to(core());
    }
}
