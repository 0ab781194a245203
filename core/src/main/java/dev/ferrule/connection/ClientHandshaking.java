package dev.ferrule.connection;

import dev.ferrule.Callbacks;
import dev.ferrule.ClientOptions;
import dev.ferrule.CloseEvent;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.HandshakeException;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.Limits;
import dev.ferrule.Observer;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.PerMessageDeflate;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.WebSocketUri;
import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.ClientOpening;
import dev.ferrule.spi.PieceListener;
import dev.ferrule.spi.PieceTransport;
import dev.ferrule.spi.Timers;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A handshake that a client makes, and later what its connection is known by. */
final class ClientHandshaking implements ClientOpening, Opened {
    private final ConnectRequest request;
    private final Endpoint endpoint;
    private final ClientOptions options;
    private final Timers timers;
    private final Set<Connection> open;
    private final CompletableFuture<Connection> connected = new CompletableFuture<>();
    private volatile @Nullable Future<?> timer;
    private volatile boolean settled;
    private volatile @Nullable String subprotocol;
    private volatile @Nullable Compression compression;

    ClientHandshaking(
            ConnectRequest request, Endpoint endpoint, ClientOptions options, Timers timers, Set<Connection> open) {
        this.request = request;
        this.endpoint = endpoint;
        this.options = options;
        this.timers = timers;
        this.open = open;
    }

    void begin(ClientEngine engine) {
        Runnable abandon = engine.connect(this);
        timer = timers.schedule(
                () -> {
                    failed(new TimeoutException(
                            "handshake timeout: no whole response within " + limits().handshakeTimeout()));
                    abandon.run();
                },
                limits().handshakeTimeout().toNanos());
        if (settled) {
            settled();
        }
    }

    CompletionStage<Connection> connected() {
        return connected.minimalCompletionStage();
    }

    /** There is a result, and no timeout any more; perhaps even before the timer is there. */
    private void settled() {
        settled = true;
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }

    @Override
    public ConnectRequest request() {
        return request;
    }

    @Override
    public List<Extension> extensions() {
        Deflate deflate = options.deflate();
        return deflate == null ? List.of() : List.of(PerMessageDeflate.offer(deflate.contextTakeover()));
    }

    @Override
    public void agreed(@Nullable String chosen, List<Extension> accepted) throws HandshakeException {
        subprotocol = chosen;
        Deflate deflate = options.deflate();
        if (deflate == null) {
            return;
        }
        try {
            PerMessageDeflate agreed = PerMessageDeflate.agreed(accepted, deflate.contextTakeover());
            compression = agreed == null ? null : new Compression(deflate, agreed);
        } catch (IllegalArgumentException e) {
            throw new HandshakeException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public @Nullable Compression compression() {
        return compression;
    }

    @Override
    public void refused(int status, Headers headers, byte[] body) {
        settled();
        fail(new HandshakeException(
                "the server answered " + status + " instead of 101 (RFC 6455 section 4.1)", status, headers, body));
    }

    @Override
    public void failed(Throwable cause) {
        settled();
        fail(
                cause instanceof HandshakeException known
                        ? known
                        : new HandshakeException("the opening handshake failed: " + said(cause), cause));
    }

    private void fail(HandshakeException failure) {
        Observer observer = options.observer();
        if (connected.completeExceptionally(failure) && observer != null) {
            String said = failure.getMessage() == null ? "" : failure.getMessage();
            Observer.Refusal refusal = new Observer.Refusal(
                    Role.CLIENT, failure.status(), handshakeRequest().path(), null, said);
            Observation.tell(observer, to -> to.refused(refusal));
        }
    }

    /** What engines say of a connection that didn't come about is too little, and different on each. */
    private String said(Throwable cause) {
        WebSocketUri uri = WebSocketUri.parse(request.uri().toString());
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
                return "unknown host " + uri.host();
            }
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof ConnectException) {
                String authority =
                        (uri.host().indexOf(':') < 0 ? uri.host() : "[" + uri.host() + "]") + ":" + uri.port();
                String detail = t.getMessage();
                return detail == null || detail.equals("Connection refused")
                        ? "connection to " + authority + " refused"
                        : "connection to " + authority + " failed: " + detail;
            }
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public ByteListener overBytes(ByteTransport transport) {
        return register(new ByteConnection(this, transport));
    }

    @Override
    public PieceListener overPieces(PieceTransport transport) {
        return register(new PieceConnection(this, transport));
    }

    @Override
    public void lost() {
        failed(new EOFException("the connection was lost behind the response"));
    }

    private <C extends CoreConnection> C register(C connection) {
        settled();
        open.add(connection);
        return connection;
    }

    @Override
    public Role role() {
        return Role.CLIENT;
    }

    @Override
    public Limits limits() {
        return options.limits();
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public Callbacks callbacks() {
        return options.callbacks();
    }

    @Override
    public SendPolicy sendPolicy() {
        return options.sendPolicy();
    }

    @Override
    public @Nullable Observer observer() {
        return options.observer();
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public HandshakeRequest handshakeRequest() {
        return new ClientRequest(request);
    }

    @Override
    public @Nullable String subprotocol() {
        return subprotocol;
    }

    @Override
    public void delivered(CoreConnection connection) {
        connection.completions().add(() -> {
            if (!connected.complete(connection)) {
                // The timeout came first: the caller has been told that there is no connection.
                connection.abort();
            }
        });
    }

    @Override
    public void closed(CoreConnection connection, CloseEvent event) {
        open.remove(connection);
    }
}
