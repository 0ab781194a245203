package dev.ferrule.connection;

import dev.ferrule.Callbacks;
import dev.ferrule.CloseEvent;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.Limits;
import dev.ferrule.Observer;
import dev.ferrule.SendPolicy;
import dev.ferrule.ServerOptions;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.PerMessageDeflate;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.ServerHandshake;
import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.ByteTransport;
import dev.ferrule.spi.Opening;
import dev.ferrule.spi.PieceListener;
import dev.ferrule.spi.PieceTransport;
import dev.ferrule.spi.Timers;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A handshake that a server is about to decide on, and later what its connection is known by. */
final class ServerOpening implements Opening, Opened {
    private static final Endpoint NOBODY = new Endpoint() {};
    private static final AtomicIntegerFieldUpdater<ServerOpening> ANSWERED =
            AtomicIntegerFieldUpdater.newUpdater(ServerOpening.class, "answered");

    private final ServerConnections connections;
    private final ServerOptions options;
    private final ServerRequest request;
    private ServerHandshake.@Nullable Valid valid;
    private final long deadline;
    private volatile @Nullable Runnable refusal;
    private volatile int answered;
    private Endpoint endpoint = NOBODY;
    private @Nullable String subprotocol;
    private SendPolicy sendPolicy;
    private @Nullable Compression compression;

    ServerOpening(
            ServerConnections connections, ServerOptions options, ServerRequest request, ServerHandshake.Valid valid) {
        this.connections = connections;
        this.options = options;
        this.request = request;
        this.valid = valid;
        this.sendPolicy = options.sendPolicy();
        this.deadline =
                timers().nanoTime() + options.limits().handshakeTimeout().toNanos();
    }

    ServerHandshake.Valid valid() {
        if (valid == null) {
            throw new IllegalStateException("the handshake has been answered");
        }
        return valid;
    }

    /** Whether the caller may answer: once, by whoever comes first. */
    boolean answer() {
        if (answered != 0 || !ANSWERED.compareAndSet(this, 0, 1)) {
            return false;
        }
        connections.decided(this);
        refusal = null;
        return true;
    }

    /** The decision comes too late, whatever it will be. */
    void refuseLate() {
        Runnable refuse = refusal;
        if (answer()) {
            forget();
            if (refuse != null) {
                refuse.run();
            }
        }
    }

    /** The decision is awaited, but not for ever: what {@link #refuseLate} answers. */
    void refuseLateBy(Runnable answer) {
        refusal = answer;
    }

    /** How long the decision may still take, in nanoseconds. */
    long left() {
        return deadline - timers().nanoTime();
    }

    /** What becomes of the extensions that the client offers. */
    @Nullable
    Compression compress(List<Extension> offered) {
        Deflate deflate = options.deflate();
        PerMessageDeflate agreed =
                deflate == null ? null : PerMessageDeflate.accept(offered, deflate.contextTakeover());
        return deflate == null || agreed == null ? null : new Compression(deflate, agreed);
    }

    void accepted(HandshakeDecision.Accept decision, @Nullable Compression agreed) {
        endpoint = decision.endpoint();
        subprotocol = decision.subprotocol();
        sendPolicy = decision.sendPolicy() == null ? sendPolicy : decision.sendPolicy();
        compression = agreed;
        valid = null;
    }

    /** What connections of one address are counted by, or null if they aren't. */
    @Nullable
    InetAddress counted() {
        return options.limits().connectionsPerAddress() > 0 ? request.inetAddress() : null;
    }

    /** Refused: its place among the connections is free again. */
    void forget() {
        connections.release(counted());
    }

    @Override
    public void lost() {
        connections.release(counted());
    }

    @Override
    public ByteListener overBytes(ByteTransport transport) {
        request.pack();
        ByteConnection connection = new ByteConnection(this, transport);
        connections.opened(connection);
        return connection;
    }

    @Override
    public PieceListener overPieces(PieceTransport transport) {
        request.pack();
        PieceConnection connection = new PieceConnection(this, transport);
        connections.opened(connection);
        return connection;
    }

    @Override
    public Role role() {
        return Role.SERVER;
    }

    @Override
    public Limits limits() {
        return options.limits();
    }

    @Override
    public Timers timers() {
        return connections.timers();
    }

    @Override
    public Callbacks callbacks() {
        return options.callbacks();
    }

    @Override
    public SendPolicy sendPolicy() {
        return sendPolicy;
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
        return request;
    }

    @Override
    public @Nullable String subprotocol() {
        return subprotocol;
    }

    @Override
    public @Nullable Compression compression() {
        return compression;
    }

    @Override
    public void delivered(CoreConnection connection) {}

    @Override
    public void closed(CoreConnection connection, CloseEvent event) {
        connections.closed(connection, event, counted());
    }
}
