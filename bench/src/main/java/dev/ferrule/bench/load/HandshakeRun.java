package dev.ferrule.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/** Opening handshakes and closing handshakes, nothing between. */
final class HandshakeRun implements Closeable {
    private final Network network;
    private final Gauge gauge;
    private int atOnce;

    HandshakeRun(int port, String path, Meter meter) throws IOException {
        network = new Network(port, path, new Traffic(Payload.TEXT, 1, 1), new Network.Listener() {
            @Override
            public void opened(Peer peer) throws IOException {
                peer.close();
            }

            @Override
            public void messages(Peer peer, int count, long now) throws IOException {
                throw new LoadException("a message came that nobody sent");
            }

            @Override
            public void closed(Peer peer) {
                gauge.count(1);
            }
        });
        gauge = new Gauge(meter, this::pump);
    }

    Map<Figure, Double> measure(int concurrency, Window window) throws IOException {
        atOnce = concurrency;
        Map<Figure, Double> figures = gauge.measure(window);
        atOnce = 0;
        Load.await(network, () -> network.peers().isEmpty(), "the last closing handshakes");
        return figures;
    }

    private void pump() throws IOException {
        while (network.peers().size() < atOnce) {
            network.connect();
        }
        network.poll(10);
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
