package dev.ferrule.memory;

import dev.ferrule.Client;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import java.util.concurrent.CompletionStage;

/** A client whose waits let the time of its network pass. */
final class NetworkClient implements Client {
    private final Network network;
    private final Client client;

    NetworkClient(Network network, Client client) {
        this.network = network;
        this.client = client;
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request, Endpoint endpoint) {
        CompletionStage<Connection> connected = client.connect(request, endpoint);
        if (endpoint instanceof Peer peer) {
            peer.dialled(network.lastLink());
        }
        return SteppedFuture.of(network, connected);
    }

    @Override
    public void close() {
        client.close();
    }
}
