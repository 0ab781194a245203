package dev.ferrule.memory;

import dev.ferrule.testkit.contract.AdapterContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

class ContractTest extends AdapterContract {
    private final SocketBridge outward = bridge();
    private final List<SocketBridge> inward = new CopyOnWriteArrayList<>();

    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected URI reached(URI server) throws IOException {
        SocketBridge bridge = bridge();
        inward.add(bridge);
        return URI.create("ws://127.0.0.1:" + bridge.inward(server.getPort()) + "/");
    }

    @Override
    protected void awaited(int port) throws IOException {
        outward.outward(port);
    }

    private static SocketBridge bridge() {
        try {
            return new SocketBridge(Provider.shared());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        outward.close();
        inward.forEach(SocketBridge::close);
    }
}
