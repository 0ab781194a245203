package dev.ferrule.testkit.contract;

import dev.ferrule.Connection;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.protocol.Role;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.RequestSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Servers under test: the kit's peer is the client. */
final class ServerBench extends Bench {
    private final ConcurrentLinkedQueue<App> apps = new ConcurrentLinkedQueue<>();
    private final List<RawPeer> peers = new ArrayList<>();
    private @Nullable Server server;
    private @Nullable URI reached;

    ServerBench(AdapterContract contract) {
        super(contract);
    }

    @Override
    Role role() {
        return Role.SERVER;
    }

    @Override
    void start(Setup setup) throws Exception {
        ServerBuilder builder = Ferrule.server()
                .adapter(contract.adapter())
                .limits(setup.limits())
                .sendPolicy(setup.policy())
                .origins(setup.origins())
                .route("/", request -> {
                    if (setup.acceptor() != null) {
                        return setup.acceptor().accept(request);
                    }
                    App next = apps.poll();
                    return HandshakeDecision.accept(next != null ? next : new App());
                });
        Server started = (setup.inline() ? builder.inline() : builder).start();
        server = started;
        reached = contract.reached(started.uri("/"));
    }

    Server server() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    URI uri() {
        return Objects.requireNonNull(reached, "not started");
    }

    RawPeer call() throws Exception {
        RawPeer peer = RawPeer.call(uri());
        peers.add(peer);
        return peer;
    }

    @Override
    Link open(App app, Frame... behind) throws Exception {
        CompletableFuture<Connection> opened = connectionOf(app);
        apps.add(app);
        RawPeer peer = call().open(uri(), RequestSpec.CORRECT.withTarget("/"), behind);
        Check.equal(101, peer.head().status().orElse(0), "status");
        return new Link(app, get(opened), peer);
    }

    @Override
    public void close() throws IOException {
        for (RawPeer peer : peers) {
            peer.close();
        }
        if (server != null) {
            server.stop(Duration.ofMillis(1)).toCompletableFuture().join();
        }
    }
}
