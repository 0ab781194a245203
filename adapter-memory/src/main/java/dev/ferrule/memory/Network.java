package dev.ferrule.memory;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A network of a test's own: its servers and clients meet here and nowhere else, and time passes when the test says so.
 *
 * <p>Everything runs on the thread that lets time pass, by {@link #settle()}, {@link #advance} or {@link #await}: callbacks,
 * completions and timers, one after another and in the same order each time. So a callback must not wait for anything of
 * this network, and waits of the test itself go through it: {@link #await}, the methods of {@link Peer}, or {@code join()}
 * on what a client's {@code connect} or a server's {@code stop} returned. Work that an endpoint gives to threads of its own
 * is no part of virtual time; {@link #delayedExecutor} is what it can be given instead.
 *
 * <p>Hosts are names, of which any will do: a server that listens on {@code api.example} is reached by that name. One that
 * was given a certificate is reached by {@code wss}; nothing is encrypted, and no certificate is looked at.
 *
 * <p>May be used from several threads, of which one lets time pass at a time.
 */
public final class Network implements AutoCloseable {
    /** So much virtual time may pass while something is awaited: more than any default limit. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final Switchboard switchboard = new Switchboard(time);
    private final Provider provider = new Provider(switchboard);

    /** A network on which nobody is yet, at the beginning of time. */
    public Network() {}

    // ------------------------------------------------------------------ who is on it

    /**
     * Starts a server here.
     *
     * @param server what was chosen; the name of an adapter doesn't count
     * @return it listens; its {@code close()} lets time pass until it has stopped
     * @throws IOException if something listens there already
     */
    public Server start(ServerBuilder server) throws IOException {
        return new NetworkServer(this, Ferrule.start(server, provider));
    }

    /**
     * Makes a client here.
     *
     * @param client what was chosen; the name of an adapter doesn't count
     * @return ready to connect
     */
    public Client client(ClientBuilder client) {
        return new NetworkClient(this, Ferrule.build(client, provider));
    }

    /**
     * Connects a peer to a server.
     *
     * @param uri where to
     * @return the open connection
     * @throws HandshakeException if the server refuses, or nobody listens there
     */
    public Peer connect(URI uri) throws HandshakeException {
        return connect(ConnectRequest.to(uri));
    }

    /**
     * Connects a peer to a server.
     *
     * @param request where to, and with what
     * @return the open connection
     * @throws HandshakeException if the server refuses, or nobody listens there
     */
    public Peer connect(ConnectRequest request) throws HandshakeException {
        Peer peer = peer();
        CompletionStage<?> connected =
                client(Ferrule.client().limits(Peer.LIMITS).allowPlaintext()).connect(request, peer);
        try {
            await(connected);
        } catch (CompletionException e) {
            if (e.getCause() instanceof HandshakeException refused) {
                throw refused;
            }
            throw e;
        }
        return peer;
    }

    /**
     * The other end for an endpoint that is no server's: a peer to be given to a route, or to a client of one's own.
     *
     * @return a peer without a connection; it takes one
     */
    public Peer peer() {
        return new Peer(this);
    }

    /**
     * The links of the connections that are not over, opening handshakes included.
     *
     * @return a copy, in the order in which the clients connected
     */
    public List<Link> links() {
        return switchboard.links();
    }

    /**
     * Prepares the links of connections to come, before a byte goes over them: to disturb an opening handshake, or all
     * connections alike.
     *
     * @param action gets each new link; replaces the action before it
     */
    public void onLink(Consumer<Link> action) {
        switchboard.onLink(action);
    }

    // ------------------------------------------------------------------ time

    /** Runs all that is due now, and what comes of that; no time passes. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /**
     * Lets time pass, and runs all that is due meanwhile.
     *
     * @param duration how long
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("duration is " + duration + ", time doesn't go back");
        }
        time.advanceTo(time.nanoTime() + duration.toNanos());
    }

    /**
     * How much time has passed.
     *
     * @return since the network was made
     */
    public Duration elapsed() {
        return Duration.ofNanos(time.nanoTime());
    }

    /**
     * Lets time pass until a stage completes, at most a minute.
     *
     * @param stage for instance of {@code sendAsync} or {@code ping}
     * @param <T> of its result
     * @return its result
     * @throws CompletionException if it completes exceptionally; its cause is that
     * @throws AssertionError if a minute of virtual time is not enough
     */
    public <T> T await(CompletionStage<T> stage) {
        return SteppedFuture.of(this, stage).join();
    }

    /**
     * What an endpoint can be given instead of {@link java.util.concurrent.CompletableFuture#delayedExecutor}.
     *
     * @param delay how much virtual time passes before a task runs
     * @return an executor of this network
     */
    public Executor delayedExecutor(Duration delay) {
        return task -> {
            var unused = time.schedule(task, delay.toNanos());
        };
    }

    @Nullable
    Link lastLink() {
        return switchboard.lastLink();
    }

    VirtualTime time() {
        return time;
    }

    long deadline() {
        return time.nanoTime() + PATIENCE.toNanos();
    }

    /** Resets all connections, and runs what comes of that: each endpoint has its {@code onClose}. */
    @Override
    public void close() {
        for (List<Link> links = links(); !links.isEmpty(); links = links()) {
            links.forEach(Link::reset);
            settle();
        }
    }
}
