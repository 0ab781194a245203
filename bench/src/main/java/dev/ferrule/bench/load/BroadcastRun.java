package dev.ferrule.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One connection that sends, and others that get each of its messages. The sender may get them as well. */
final class BroadcastRun implements Closeable {
    /** A server may put a connection among the others only some time after the 101. */
    private static final long JOIN_MILLIS = 300;

    private final Traffic traffic;
    private final Network network;
    private final Gauge gauge;
    private final long[] sentAt;
    private long sent;
    private long[] got = {};

    BroadcastRun(int port, String path, Traffic traffic, Meter meter) throws IOException {
        this.traffic = traffic;
        sentAt = new long[traffic.inFlight()];
        network = new Network(port, path, traffic, this::delivered);
        gauge = new Gauge(meter, this::pump);
    }

    Map<Figure, Double> measure(int receivers, Window window) throws IOException {
        got = new long[receivers + 1];
        network.open(receivers + 1);
        long joined = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        while (System.nanoTime() < joined) {
            network.poll(10);
        }
        Map<Figure, Double> figures = gauge.measure(window);
        Load.await(network, () -> slowest() == sent, "the last deliveries");
        network.closeAll();
        return figures;
    }

    private void pump() throws IOException {
        long slowest = slowest();
        while (sent < slowest + traffic.inFlight()) {
            sentAt[(int) (sent++ % sentAt.length)] = System.nanoTime();
            network.first().sendOnly(1);
        }
        network.poll(10);
    }

    private long slowest() {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < got.length; i++) {
            least = Math.min(least, got[i]);
        }
        return least;
    }

    private void delivered(Peer peer, int count, long now) throws IOException {
        long before = got[peer.index()];
        got[peer.index()] = before + count;
        if (before + count > sent) {
            throw new LoadException("connection " + peer.index() + " got a message that nobody sent");
        }
        if (peer.index() == 0) {
            return;
        }
        for (long i = before; i < before + count; i++) {
            gauge.latency(now - sentAt[(int) (i % sentAt.length)]);
        }
        gauge.count(count);
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
