package dev.ferrule.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Rows about how connections end, and what their callbacks do. */
final class Endings {
    /** Virtual machines under load are slow to give back what is gone. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private Endings() {}

    /** Ends of each kind: exactly one onClose for each onOpen, and nobody goes on with a connection that is gone. */
    static void all(TargetProcess target, int number, Outcome outcome) throws IOException, InterruptedException {
        TargetProcess.Stat before = target.stat();
        byte[] text = RawClient.frame(0x81, "never ends".getBytes(ISO_8859_1));
        for (int i = 0; i < number; i++) {
            boolean midHandshake = i % 6 == 0;
            RawClient client = midHandshake ? new RawClient(target.port()) : RawClient.open(target.port(), "/echo");
            if (midHandshake) {
                client.write(RawClient.request(target.port(), "/echo").substring(0, 20 + i % 100));
            }
            switch (i % 6) {
                case 0, 1 -> client.close();
                case 2 -> client.reset();
                case 3 -> {
                    client.socket().shutdownOutput();
                    outcome.require(client.endsWithin(RawClient.PATIENCE_MILLIS), "a half-closed connection stays");
                    client.close();
                }
                case 4 -> {
                    client.send(java.util.Arrays.copyOf(text, 1 + i % text.length));
                    client.close();
                }
                default -> {
                    client.send(java.util.Arrays.copyOf(text, 1 + i % text.length));
                    client.reset();
                }
            }
        }
        TargetProcess.Stat after = settled(target, before);
        long cpu = target.stat().cpuNanos();
        long since = System.nanoTime();
        Thread.sleep(500);
        long busy = 100 * (target.stat().cpuNanos() - cpu) / (System.nanoTime() - since);
        outcome.figure(number + " ends, " + (after.closed() - before.closed()) + " onClose, CPU then " + busy + " %");
        outcome.require(after.open() == before.open(), after.open() - before.open() + " connections are left");
        outcome.require(
                after.opened() - before.opened() == after.closed() - before.closed(),
                (after.opened() - before.opened()) + " onOpen, " + (after.closed() - before.closed()) + " onClose");
        outcome.require(after.twice() == 0, after.twice() + " callbacks came twice");
        outcome.require(
                after.descriptors() <= before.descriptors() + 8,
                "descriptors were " + before.descriptors() + " and are " + after.descriptors());
        outcome.require(busy < 50, "CPU is " + busy + " % though nothing happens");
    }

    private static TargetProcess.Stat settled(TargetProcess target, TargetProcess.Stat before)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + SETTLE_NANOS;
        TargetProcess.Stat stat = target.stat();
        while ((stat.open() > before.open() || stat.descriptors() > before.descriptors() + 8)
                && System.nanoTime() < end) {
            Thread.sleep(20);
            stat = target.stat();
        }
        return stat;
    }

    /** Each callback throws each kind of throwable. */
    static void throwing(TargetProcess target, Outcome outcome) throws IOException, InterruptedException {
        TargetProcess.Stat before = target.stat();
        int pairs = 0;
        for (Served.Place place : Served.Place.values()) {
            for (String kind : Served.THROWABLES.keySet()) {
                pairs++;
                try (RawClient client = RawClient.open(target.port(), "/throw/" + place + "/" + kind)) {
                    client.send(
                            switch (place) {
                                case OPEN -> new byte[0];
                                case TEXT, STAGE -> RawClient.frame(0x81, new byte[] {'x'});
                                case BINARY -> RawClient.frame(0x82, new byte[] {1});
                                case PONG -> RawClient.frame(0x8A, new byte[0]);
                                case CLOSE -> RawClient.frame(0x88, new byte[] {3, (byte) 0xE8});
                            });
                    int code = client.closeCode();
                    int expected = place == Served.Place.CLOSE ? 1000 : 1011;
                    outcome.require(code == expected, place + " threw " + kind + ": closed with " + code);
                }
            }
        }
        TargetProcess.Stat after = settled(target, before);
        outcome.figure(pairs + " pairs, " + (after.closed() - before.closed()) + " onClose");
        outcome.require(
                after.closed() - before.closed() == pairs && after.twice() == 0,
                (after.closed() - before.closed()) + " onClose for " + pairs + " connections");
    }

    /** Some callbacks hold their threads; the others go on. */
    static void blocking(TargetProcess target, int number, int millis, Healthy healthy, Outcome outcome)
            throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            clients.add(RawClient.open(target.port(), "/block"));
        }
        for (RawClient client : clients) {
            client.text(Integer.toString(millis));
        }
        for (RawClient client : clients) {
            outcome.require(
                    client.read().payload().equals(Integer.toString(millis)), "a callback that blocked didn't echo");
            client.close();
        }
        outcome.figure(number + " callbacks block for " + millis + " ms");
        outcome.require(healthy.p99Millis() < 250, "p99 of the others is " + healthy.p99Millis() + " ms");
    }

    /** All that live read 1001, and the process ends, though some neither read nor answer. */
    static void stop(TargetProcess target, int number, Outcome outcome) throws IOException, InterruptedException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            clients.add(RawClient.open(target.port(), "/echo"));
        }
        long since = System.nanoTime();
        Thread stopping = new Thread(() -> {
            try {
                outcome.require(target.stop(10), "the process hasn't ended after 10 s");
            } catch (IOException | InterruptedException e) {
                outcome.require(false, "stop failed: " + e);
            }
        });
        stopping.start();
        int told = 0;
        for (int i = 0; i < number; i++) {
            // Every tenth is dead: it reads nothing and answers nothing.
            if (i % 10 != 0) {
                int code = clients.get(i).closeCode();
                outcome.require(code == 1001, "closed with " + code + " and not with 1001");
                told += code == 1001 ? 1 : 0;
                clients.get(i).send(RawClient.frame(0x88, new byte[] {3, (byte) 0xE9}));
            }
        }
        long toldMillis = (System.nanoTime() - since) / 1_000_000;
        stopping.join();
        long endedMillis = (System.nanoTime() - since) / 1_000_000;
        outcome.figure(number + " connections, a tenth dead; " + told + " read 1001 within " + toldMillis
                + " ms, process ended after " + endedMillis + " ms");
        outcome.require(toldMillis < 5000, "1001 was read after " + toldMillis + " ms");
        for (RawClient client : clients) {
            client.close();
        }
    }
}
