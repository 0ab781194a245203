package dev.ferrule.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Connections that keep their messages in flight. */
final class EchoRun implements Closeable {
    private final Traffic traffic;
    private final Network network;
    private final Gauge gauge;
    private boolean ending;

    EchoRun(int port, String path, Traffic traffic, Meter meter) throws IOException {
        this.traffic = traffic;
        network = new Network(port, path, traffic, this::echoed);
        gauge = new Gauge(meter, () -> network.poll(10));
    }

    Map<Figure, Double> measure(int connections, Window window) throws IOException {
        network.open(connections);
        for (Peer peer : network.peers()) {
            peer.send(traffic.inFlight(), System.nanoTime());
        }
        Map<Figure, Double> figures = gauge.measure(window);
        ending = true;
        Load.await(
                network, () -> network.peers().stream().allMatch(peer -> peer.outstanding() == 0), "the last echoes");
        network.closeAll();
        return figures;
    }

    private void echoed(Peer peer, int count, long now) throws IOException {
        for (int i = 0; i < count; i++) {
            gauge.latency(now - peer.echoed());
        }
        gauge.count(count);
        if (!ending) {
            peer.send(count, now);
        }
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
