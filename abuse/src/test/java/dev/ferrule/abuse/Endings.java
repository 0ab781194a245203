package dev.ferrule.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Rows about how connections end, and what their callbacks do. */
final class Endings {
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
        TargetProcess.Stat after = target.settled(before);
        long busy = busyPercent(target);
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

    /** The calmest of several half seconds: compilation of what ran before comes to an end, and spinning doesn't. */
    private static long busyPercent(TargetProcess target) throws IOException, InterruptedException {
        long calmest = Long.MAX_VALUE;
        for (int i = 0; i < 6 && calmest >= 50; i++) {
            long cpu = target.cpuNanos();
            long since = System.nanoTime();
            Thread.sleep(500);
            calmest = Math.min(calmest, 100 * (target.cpuNanos() - cpu) / (System.nanoTime() - since));
        }
        return calmest;
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
        TargetProcess.Stat after = target.settled(before);
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
}
