package dev.ferrule.abuse;

import dev.ferrule.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Rows about very many connections, one at a time or all at once. */
final class Crowds {
    private static final int MIB = 1 << 20;
    private static final int LANES = 8;
    /** Of a process in which they shall run out. */
    static final int DESCRIPTORS = 256;
    /** Behind it the classes are loaded, and the engine's pools filled. */
    private static final int WARM = 4_000;

    private Crowds() {}

    /** Connections that say nothing but pongs: what each of them costs, and what the heartbeat of all of them. */
    static void idle(TargetProcess target, int number, int seconds, Outcome outcome)
            throws IOException, InterruptedException {
        churn(target.port(), WARM / 10);
        TargetProcess.Stat before = target.stat();
        try (IdlePeers peers = IdlePeers.open(target.port(), number)) {
            TargetProcess.Stat held = target.stat();
            long heap = (held.heap() - before.heap()) / number;
            long direct = (held.direct() - before.direct()) / number;
            // The first round of the heartbeat is compiled while it runs.
            int first = peers.answerFor(seconds);
            long cpu = target.cpuNanos();
            long since = System.nanoTime();
            int pings = peers.answerFor(seconds);
            long tenths = 1000 * (target.cpuNanos() - cpu) / (System.nanoTime() - since);
            outcome.figure(number + " idle, each " + heap + " bytes of heap and " + direct + " of direct buffers, "
                    + pings + " pings in " + seconds + " s, CPU " + tenths / 10 + "." + tenths % 10 + " %");
            outcome.require(heap + direct < 16 << 10, "each takes " + (heap + direct) + " bytes");
            outcome.require(
                    held.open() - before.open() == number && target.stat().open() >= number,
                    "of " + number + " connections " + target.stat().open() + " are open");
            // The well-behaved one is no part of it, and so isn't there.
            outcome.require(tenths < 50, "CPU is " + tenths + " tenths of a percent");
            // Each is pinged once in 25 s, and in less than that perhaps none.
            outcome.require(
                    seconds < 26 || (first >= number && pings >= number / 2),
                    "there were " + first + " heartbeats, then " + pings);
        }
    }

    /** Peers that are gone without a word: TCP is silent, and nobody answers a ping. */
    static void halfOpen(TargetProcess target, int number, Outcome outcome) throws IOException, InterruptedException {
        TargetProcess.Stat before = target.stat();
        try (IdlePeers peers = IdlePeers.open(target.port(), number)) {
            long since = System.nanoTime();
            Limits limits = Limits.builder().build();
            // One that is due may wait for others, see Timers.
            long bound = limits.heartbeatInterval()
                    .plus(limits.heartbeatTimeout())
                    .plusSeconds(2)
                    .toNanos();
            TargetProcess.Stat stat = target.stat();
            while (stat.closed() - before.closed() < number && System.nanoTime() - since < bound) {
                Thread.sleep(100);
                stat = target.stat();
            }
            long millis = (System.nanoTime() - since) / 1_000_000;
            outcome.figure(stat.closed() - before.closed() + " of " + peers.number() + " found, the last one after "
                    + millis + " ms");
            outcome.require(stat.open() == before.open(), stat.open() - before.open() + " are still there");
            outcome.require(
                    stat.closed() - before.closed() == number,
                    stat.closed() - before.closed() + " onClose of " + number);
        }
    }

    /** More attempts than the process has descriptors for, which then all go away. */
    static void exhausted(TargetProcess target, int attempts, Outcome outcome)
            throws IOException, InterruptedException {
        churn(target.port(), 30);
        long unused = target.cpuNanos();
        List<SocketChannel> channels = new ArrayList<>();
        long tenths;
        try {
            InetSocketAddress server =
                    new InetSocketAddress(InetAddress.getByAddress(RawClient.LOOPBACK), target.port());
            for (int i = 0; i < attempts; i++) {
                SocketChannel channel = SocketChannel.open();
                channels.add(channel);
                channel.configureBlocking(false);
                boolean ignored = channel.connect(server);
            }
            long full = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            // An engine may leave some alone; so this is how it looks when the machine is fast.
            while (target.descriptors() < DESCRIPTORS && System.nanoTime() < full) {
                Thread.sleep(20);
            }
            outcome.figure(target.descriptors() + " of " + DESCRIPTORS + " descriptors are open");
            long cpu = target.cpuNanos();
            long since = System.nanoTime();
            Thread.sleep(1500);
            tenths = 1000 * (target.cpuNanos() - cpu) / (System.nanoTime() - since);
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
        long since = System.nanoTime();
        try (RawClient client = RawClient.open(target.port(), "/echo")) {
            client.text("back again");
            outcome.require(client.read().payload().equals("back again"), "another echo came");
        }
        long millis = (System.nanoTime() - since) / 1_000_000;
        outcome.figure("CPU " + tenths / 10 + "." + tenths % 10 + " %, accepts again after " + millis + " ms");
        outcome.require(tenths < 250, "CPU is " + tenths + " tenths of a percent");
        outcome.require(millis < 2000, "accepts again after " + millis + " ms");
    }

    /** Connections that come and go. */
    static void churn(TargetProcess target, int number, Outcome outcome) throws IOException, InterruptedException {
        churn(target.port(), Math.min(number, WARM));
        TargetProcess.Stat before =
                target.settled(new TargetProcess.Stat(0, 0, 0, Long.MAX_VALUE / 2, 0, 1, 0, 0, 0, 0));
        long since = System.nanoTime();
        churn(target.port(), number);
        long millis = (System.nanoTime() - since) / 1_000_000;
        TargetProcess.Stat after = target.settled(before);
        outcome.figure(number + " connections in " + millis + " ms, heap from " + before.heap() / 1024 + " to "
                + after.heap() / 1024 + " KiB, descriptors from " + before.descriptors() + " to "
                + after.descriptors() + ", threads from " + before.threads() + " to " + after.threads());
        outcome.require(after.open() == before.open(), after.open() - before.open() + " connections are left");
        outcome.require(
                after.opened() - before.opened() == number && after.closed() - before.closed() == number,
                after.opened() - before.opened() + " onOpen, " + (after.closed() - before.closed()) + " onClose");
        outcome.require(after.heap() - before.heap() <= MIB, "heap has grown");
        outcome.require(after.descriptors() <= before.descriptors() + 8, "descriptors are left");
        outcome.require(after.threads() <= before.threads() + 4, "threads are left");
    }

    /** Several at a time: a third each says goodbye, ends TCP, resets it. */
    private static void churn(int port, int number) throws IOException, InterruptedException {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int first = lane;
                all.add(lanes.submit(() -> {
                    for (int i = first; i < number; i += LANES) {
                        comeAndGo(port, i);
                    }
                    return null;
                }));
            }
            for (Future<?> lane : all) {
                lane.get(10, TimeUnit.MINUTES);
            }
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IOException(e);
        } finally {
            lanes.shutdownNow();
        }
    }

    private static void comeAndGo(int port, int i) throws IOException {
        try (RawClient client = RawClient.open(port, "/echo")) {
            switch (i % 3) {
                case 0 -> {
                    client.send(RawClient.frame(0x88, new byte[] {3, (byte) 0xE8}));
                    int code = client.closeCode();
                    if (code != 1000) {
                        throw new IOException("closed with " + code);
                    }
                }
                case 1 -> client.socket().shutdownOutput();
                default -> client.reset();
            }
        }
    }
}
