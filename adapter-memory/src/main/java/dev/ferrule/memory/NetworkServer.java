package dev.ferrule.memory;

import dev.ferrule.Connection;
import dev.ferrule.Server;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** A server whose waits let the time of its network pass. */
final class NetworkServer implements Server {
    private final Network network;
    private final Server server;

    NetworkServer(Network network, Server server) {
        this.network = network;
        this.server = server;
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public URI uri(String path) {
        return server.uri(path);
    }

    @Override
    public Collection<Connection> connections() {
        return server.connections();
    }

    @Override
    public CompletionStage<StopReport> stop(Duration grace) {
        return SteppedFuture.of(network, server.stop(grace));
    }

    @Override
    public void close() {
        network.await(server.stop(Duration.ofSeconds(5)));
    }
}
