package dev.ferrule.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The kinds of load. Each opens its connections, runs, verifies what comes back, and closes them; for one thread. Whatever
 * doesn't come back as it was sent, or at all, is an {@link IOException}.
 */
public final class Load {
    private static final long POLL_MILLIS = 10;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final int port;
    private final Meter meter;

    /**
     * A load for a server on 127.0.0.1.
     *
     * @param port where it listens
     * @param meter of its process
     */
    public Load(int port, Meter meter) {
        this.port = port;
        this.meter = meter;
    }

    /**
     * Each connection keeps its messages in flight; those that come back together are replaced together, in one write.
     *
     * @param path of an echo
     * @param connections how many
     * @param traffic what they send
     * @param window when to measure
     * @return the figures
     * @throws IOException if an echo is wrong or missing
     */
    public Map<Figure, Double> echo(String path, int connections, Traffic traffic, Window window) throws IOException {
        try (EchoRun run = new EchoRun(port, path, traffic, meter)) {
            return run.measure(connections, window);
        }
    }

    /**
     * One connection sends, and all others get each message.
     *
     * @param path where messages go to everybody
     * @param receivers how many
     * @param traffic what is sent; in flight is how many messages the slowest receiver may be behind
     * @param window when to measure
     * @return the figures, for each delivery
     * @throws IOException if a delivery is wrong or missing
     */
    public Map<Figure, Double> broadcast(String path, int receivers, Traffic traffic, Window window)
            throws IOException {
        try (BroadcastRun run = new BroadcastRun(port, path, traffic, meter)) {
            return run.measure(receivers, window);
        }
    }

    /**
     * Opens connections and closes them at once, one behind the other.
     *
     * @param path of any endpoint
     * @param atOnce how many handshakes are under way
     * @param window when to measure
     * @return the figures, for each connection
     * @throws IOException if a handshake fails, opening or closing
     */
    public Map<Figure, Double> handshakes(String path, int atOnce, Window window) throws IOException {
        try (HandshakeRun run = new HandshakeRun(port, path, meter)) {
            return run.measure(atOnce, window);
        }
    }

    /**
     * Opens connections that do nothing.
     *
     * @param path of any endpoint
     * @param connections how many
     * @param window how long they do nothing
     * @return what the process holds for each of them
     * @throws IOException if one can't be opened
     */
    public Map<Figure, Double> idle(String path, int connections, Window window) throws IOException {
        Traffic none = new Traffic(Payload.TEXT, 1, 1);
        meter.readCollected();
        Usage before = meter.readCollected();
        long resident = meter.residentBytes();
        long cpu = meter.cpuNanos();
        try (Network network = new Network(port, path, none, (peer, count, now) -> unasked())) {
            network.open(connections);
            double opening = meter.cpuNanos() - cpu;
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(window.millis());
            while (System.nanoTime() < end) {
                network.poll(POLL_MILLIS);
            }
            meter.readCollected();
            Map<Figure, Double> figures = held(before, resident, connections);
            figures.put(Figure.CPU, opening / 1e3 / connections);
            network.closeAll();
            return figures;
        }
    }

    /**
     * Opens connections with permessage-deflate, and exchanges a message on each or none.
     *
     * @param path of an echo
     * @param connections how many
     * @param takeover whether messages may refer to earlier ones, in both directions
     * @param size bytes of the one message that each sends and gets back, compressed; 0 for none
     * @return what the process holds for each of them
     * @throws IOException if one can't be opened, the server doesn't take the extension, or an echo is wrong
     */
    public Map<Figure, Double> deflated(String path, int connections, boolean takeover, int size) throws IOException {
        String offer =
                "permessage-deflate" + (takeover ? "" : "; server_no_context_takeover; client_no_context_takeover");
        byte[] text = Payload.TEXT.bytes(size);
        byte[] frame = DeflatedConnection.frame(text);
        meter.readCollected();
        Usage before = meter.readCollected();
        long resident = meter.residentBytes();
        List<DeflatedConnection> all = new ArrayList<>(connections);
        try {
            while (all.size() < connections) {
                all.add(new DeflatedConnection(port, path, offer));
            }
            for (DeflatedConnection each : all) {
                if (size > 0) {
                    each.send(frame);
                    each.expect(text);
                }
            }
            meter.readCollected();
            return held(before, resident, connections);
        } finally {
            for (DeflatedConnection each : all) {
                each.close();
            }
        }
    }

    private Map<Figure, Double> held(Usage before, long resident, double connections) throws IOException {
        Usage after = meter.readCollected();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.HEAP, (after.heap() - before.heap()) / connections);
        figures.put(Figure.DIRECT, (after.direct() - before.direct()) / connections);
        figures.put(Figure.RESIDENT, (meter.residentBytes() - resident) / connections);
        return figures;
    }

    /**
     * Measures a process that loads itself, and counts.
     *
     * @param window when to measure
     * @return the figures
     * @throws IOException if it doesn't answer, as after a wrong echo
     */
    public Map<Figure, Double> itself(Window window) throws IOException {
        sleep(window.settleMillis());
        Usage before = meter.read();
        long began = System.nanoTime();
        long cpu = meter.cpuNanos();
        Usage after;
        double used;
        double nanos;
        // On a slow machine a short window may end before anything has come back, which would be no figure at all.
        do {
            sleep(window.millis());
            used = meter.cpuNanos() - cpu;
            nanos = System.nanoTime() - began;
            after = meter.read();
            if (nanos > PATIENCE && after.messages() == before.messages()) {
                throw new LoadException("nothing came back within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s");
            }
        } while (after.messages() == before.messages());
        double count = after.messages() - before.messages();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CPU, used / 1e3 / count);
        figures.put(Figure.RATE, count / nanos * 1e9);
        figures.put(Figure.ALLOCATED, (after.allocated() - before.allocated()) / count);
        figures.put(Figure.COLLECTING, (after.collectionMillis() - before.collectionMillis()) * 1e6 / nanos);
        figures.put(Figure.COMPILING, (after.compilationMillis() - before.compilationMillis()) * 1e6 / nanos);
        figures.put(Figure.BUSY, used / nanos);
        return figures;
    }

    private static void sleep(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException("interrupted while a client was running", e);
        }
    }

    private static void unasked() throws LoadException {
        throw new LoadException("a message came that nobody sent");
    }

    /** Polls until something holds that has to come. */
    static void await(Network network, BooleanSupplier done, String what) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (!done.getAsBoolean()) {
            network.poll(POLL_MILLIS);
            if (System.nanoTime() > deadline) {
                throw new LoadException(
                        what + " did not come within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s");
            }
        }
    }
}
