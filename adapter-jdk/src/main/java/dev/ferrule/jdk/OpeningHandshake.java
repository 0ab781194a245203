package dev.ferrule.jdk;

import dev.ferrule.ConnectRequest;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import dev.ferrule.protocol.Header;
import dev.ferrule.protocol.WebSocketUri;
import dev.ferrule.spi.ClientOpening;
import dev.ferrule.spi.PieceListener;
import dev.ferrule.spi.PieceTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One opening handshake: it ends with a connection, with a failure, or by being abandoned, whichever comes first. */
final class OpeningHandshake {
    private final ClientOpening opening;
    private final Limits limits;
    private final Executor workers;
    private final Consumer<OpeningHandshake> done;
    private final WebSocketUri uri;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile boolean abandoned;
    private volatile @Nullable CompletableFuture<WebSocket> future;

    OpeningHandshake(ClientOpening opening, Limits limits, Executor workers, Consumer<OpeningHandshake> done) {
        this.opening = opening;
        this.limits = limits;
        this.workers = workers;
        this.done = done;
        this.uri = WebSocketUri.parse(opening.request().uri().toString());
    }

    /** On a thread that may block. */
    void begin(@Nullable HttpClient client) {
        if (client == null || abandoned) {
            failed(new IOException("the client is closed"));
            return;
        }
        try {
            CompletableFuture<WebSocket> begun = builder(client).buildAsync(target(), new ReceivedPieces(this));
            future = begun;
            // The one who waits for the result may block; on the selector's thread he must not.
            var unused = begun.whenComplete((webSocket, failure) -> {
                if (failure != null) {
                    workers.execute(() -> failed(failure));
                }
            });
            if (abandoned) {
                abandon();
            }
        } catch (IllegalArgumentException e) {
            failed(e);
        }
    }

    private WebSocket.Builder builder(HttpClient client) {
        ConnectRequest request = opening.request();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(limits.handshakeTimeout());
        for (Header field : request.headers()) {
            requireAscii(field);
            builder.header(field.name(), field.value());
        }
        List<String> offered = request.subprotocols();
        if (!offered.isEmpty()) {
            builder.subprotocols(
                    offered.get(0), offered.subList(1, offered.size()).toArray(String[]::new));
        }
        return builder;
    }

    /** The JDK would send question marks. */
    private static void requireAscii(Header field) {
        if (field.value().chars().anyMatch(c -> c > 0x7E)) {
            throw new IllegalArgumentException(
                    "value of header " + field.name() + " is not ASCII, and the client of the JDK can send no other");
        }
    }

    /** The URI with a path, as the request line needs one (RFC 6455 section 3). */
    private URI target() {
        return URI.create((uri.secure() ? "wss://" : "ws://") + uri.authority() + uri.resourceName());
    }

    /** Drops the connection, whatever the handshake has come to. */
    void abandon() {
        abandoned = true;
        if (settle()) {
            IOException failure = new IOException("the opening handshake was abandoned");
            workers.execute(() -> opening.failed(failure));
        }
        CompletableFuture<WebSocket> begun = future;
        if (begun != null) {
            begun.cancel(true);
        }
    }

    private void failed(Throwable failure) {
        if (settle()) {
            HandshakeFailure.report(opening, uri, failure);
        }
    }

    private boolean settle() {
        done.accept(this);
        return settled.compareAndSet(false, true);
    }

    /**
     * The handshake is done.
     *
     * @return who gets the events, or null if nobody waits for the connection any more
     */
    @Nullable
    PieceListener opened(WebSocket webSocket, ReceivedPieces received) {
        if (!settle()) {
            return null;
        }
        String subprotocol = webSocket.getSubprotocol();
        try {
            opening.agreed(subprotocol.isEmpty() ? null : subprotocol, List.of());
        } catch (HandshakeException e) {
            throw new IllegalStateException("no extension was offered, so none can be wrong", e);
        }
        PieceTransport transport = new WebSocketPieces(webSocket, received, workers);
        return opening.overPieces(transport);
    }
}
