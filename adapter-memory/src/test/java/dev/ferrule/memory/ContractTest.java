package dev.ferrule.memory;

import dev.ferrule.testkit.contract.AdapterContract;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

class ContractTest extends AdapterContract {
    private final SocketBridge outward = new SocketBridge();
    private final List<SocketBridge> inward = new CopyOnWriteArrayList<>();

    @Override
    protected String adapter() {
        return "memory";
    }

    @Override
    protected URI reached(URI server) {
        SocketBridge bridge = new SocketBridge();
        inward.add(bridge);
        return URI.create("ws://127.0.0.1:" + bridge.inward(server.getPort()) + "/");
    }

    @Override
    protected void awaited(int port) throws IOException {
        outward.outward(port);
    }

    @AfterEach
    void close() {
        outward.close();
        inward.forEach(SocketBridge::close);
    }
}
