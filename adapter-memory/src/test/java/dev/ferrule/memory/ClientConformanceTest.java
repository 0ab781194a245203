package dev.ferrule.memory;

import dev.ferrule.Client;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.testkit.junit.ClientConformance;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletionStage;

class ClientConformanceTest extends ClientConformance {
    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected Peer peer() {
        return super.peer().lacking(Set.of(Capability.TLS));
    }

    @Override
    protected Client client() {
        return bridged(super.client());
    }

    @Override
    protected Client client(Deflate deflate) {
        return bridged(super.client(deflate));
    }

    private static Client bridged(Client client) {
        return new BridgedClient(client, new SocketBridge());
    }

    /** Before it connects, there is a bridge to where it goes. */
    private record BridgedClient(Client client, SocketBridge bridge) implements Client {
        @Override
        public CompletionStage<Connection> connect(ConnectRequest request, Endpoint endpoint) {
            try {
                bridge.outward(request.uri().getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return client.connect(request, endpoint);
        }

        @Override
        public void close() {
            client.close();
            bridge.close();
        }
    }
}
