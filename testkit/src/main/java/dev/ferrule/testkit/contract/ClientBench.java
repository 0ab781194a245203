package dev.ferrule.testkit.contract;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.protocol.Role;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.ResponseSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Clients under test: the kit's peer is the server. */
final class ClientBench extends Bench {
    private final List<RawPeer> peers = new ArrayList<>();
    private final ServerSocket listener;
    private @Nullable Client client;

    ClientBench(AdapterContract contract) throws Exception {
        super(contract);
        listener = new ServerSocket();
        // A small window, so that a peer that doesn't read is felt soon.
        listener.setReceiveBufferSize(8192);
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        contract.awaited(listener.getLocalPort());
    }

    @Override
    Role role() {
        return Role.CLIENT;
    }

    @Override
    void start(Setup setup) {
        ClientBuilder builder = Ferrule.client()
                .adapter(contract.adapter())
                .limits(setup.limits())
                .sendPolicy(setup.policy());
        client = (setup.inline() ? builder.inline() : builder).build();
    }

    ConnectRequest request() {
        return ConnectRequest.to(URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/"));
    }

    CompletableFuture<Connection> connect(ConnectRequest request, Endpoint to) {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client.connect(request, to).toCompletableFuture();
    }

    /** The next client that calls, and its request. */
    RawPeer accept() throws Exception {
        RawPeer peer = RawPeer.accept(listener);
        peers.add(peer);
        return peer;
    }

    @Override
    Link open(App app, Frame... behind) throws Exception {
        CompletableFuture<Connection> opened = connectionOf(app);
        CompletableFuture<Connection> connected = connect(request(), app);
        RawPeer peer = accept().answer(ResponseSpec.CORRECT, behind);
        Connection connection = get(connected);
        get(opened);
        return new Link(app, connection, peer);
    }

    @Override
    public void close() throws IOException {
        for (RawPeer peer : peers) {
            peer.close();
        }
        listener.close();
        if (client != null) {
            client.close();
        }
    }
}
