package dev.ferrule.memory;

import dev.ferrule.Deflate;
import dev.ferrule.testkit.junit.EchoServer;
import dev.ferrule.testkit.junit.ServerConformance;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

class ServerConformanceTest extends ServerConformance {
    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected Peer peer() {
        return super.peer().lacking(Set.of(Capability.TLS));
    }

    @Override
    protected EchoServer start(boolean secure) throws IOException {
        return bridged(super.start(secure));
    }

    @Override
    protected EchoServer start(Deflate deflate) throws IOException {
        return bridged(super.start(deflate));
    }

    private static EchoServer bridged(EchoServer server) {
        SocketBridge bridge = new SocketBridge();
        int port = bridge.inward(server.uri().getPort());
        return new EchoServer(URI.create("ws://127.0.0.1:" + port + "/echo"), () -> {
            bridge.close();
            server.close();
        });
    }
}
