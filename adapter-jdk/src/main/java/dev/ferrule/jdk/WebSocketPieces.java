package dev.ferrule.jdk;

import dev.ferrule.protocol.CloseCode;
import dev.ferrule.spi.PieceTransport;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A connection of the JDK as core drives it. */
final class WebSocketPieces implements PieceTransport {
    /** The write method has not returned; what completes now is its result. */
    private static final int CALLED = 0;
    /** It has returned that the write goes on. */
    private static final int LEFT = 1;

    private static final int DONE = 2;
    /** How long the JDK may take to say why it takes nothing more. */
    private static final long REASON_MILLIS = 50;

    private final WebSocket webSocket;
    private final ReceivedPieces received;
    private final Executor workers;
    private final BiConsumer<@Nullable WebSocket, @Nullable Throwable> completion = this::completed;
    private final AtomicInteger progress = new AtomicInteger();

    WebSocketPieces(WebSocket webSocket, ReceivedPieces received, Executor workers) {
        this.webSocket = webSocket;
        this.received = received;
        this.workers = workers;
    }

    @Override
    public boolean text(String text, boolean last) {
        return taken(webSocket.sendText(text, last));
    }

    @Override
    public boolean binary(ByteBuffer data, boolean last) {
        // A duplicate also has the one byte order that the JDK up to 17 masks correctly.
        return taken(webSocket.sendBinary(data.duplicate(), last));
    }

    @Override
    public boolean ping(ByteBuffer payload) {
        return taken(webSocket.sendPing(payload.duplicate()));
    }

    @Override
    public boolean pong(ByteBuffer payload) {
        return taken(webSocket.sendPong(payload.duplicate()));
    }

    @Override
    public boolean close(CloseCode code, String reason) {
        if (received.ended()) {
            return true;
        }
        if (sendable(code.value())) {
            return taken(webSocket.sendClose(code.value(), reason));
        }
        received.echo();
        return true;
    }

    @Override
    public boolean canClose(CloseCode code) {
        return sendable(code.value()) || received.echoes(code);
    }

    private static boolean sendable(int code) {
        return switch (code) {
            case 1000, 1001, 1008, 1011 -> true;
            default -> code >= 3000 && code < 5000;
        };
    }

    /** Whether a write is done; if not, core hears of it later, and never on the stack of this method. */
    private boolean taken(CompletableFuture<WebSocket> write) {
        if (write.isDone() && !write.isCompletedExceptionally()) {
            return true;
        }
        progress.set(CALLED);
        var unused = write.whenComplete(completion);
        return !progress.compareAndSet(CALLED, LEFT);
    }

    private void completed(@Nullable WebSocket done, @Nullable Throwable failure) {
        if (failure != null) {
            failed(failure);
        } else if (!progress.compareAndSet(CALLED, DONE)) {
            received.core().written();
        }
    }

    /** Writes fail also when the JDK has failed the connection, and is about to say so itself. */
    private void failed(Throwable failure) {
        CompletableFuture.delayedExecutor(REASON_MILLIS, TimeUnit.MILLISECONDS, workers)
                .execute(() -> {
                    if (!received.ended()) {
                        received.core().lost(failure);
                    }
                });
    }

    @Override
    public boolean answersPings() {
        return true;
    }

    @Override
    public void request() {
        received.request(webSocket);
    }

    @Override
    public void abort() {
        received.end();
        webSocket.abort();
    }

    @Override
    public Executor workers() {
        return workers;
    }

    /** They come on the selector's thread. */
    @Override
    public boolean eventsMayBlock() {
        return false;
    }
}
