package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.both;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.server;
import static dev.ferrule.testkit.contract.Check.that;
import static dev.ferrule.testkit.contract.Check.thrown;

import dev.ferrule.Connection;
import dev.ferrule.Group;
import dev.ferrule.Message;
import dev.ferrule.MessageWriter;
import dev.ferrule.SendException;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** TX-1 and TX-3 to TX-8. */
final class SendingChecks {
    static final List<Check> ALL = List.of(
            both(
                    "TX-1",
                    "eight threads at once: nothing is torn, and each thread's messages keep their order",
                    SendingChecks::threads),
            both("TX-3", "stages complete in order when the messages have left", SendingChecks::completions),
            both("TX-3", "the end of the connection fails the stages of what has not left", SendingChecks::failed),
            both("TX-4", "little-endian, sliced, direct and read-only buffers", SendingChecks::buffers),
            both("TX-5", "an unpaired surrogate", SendingChecks::surrogate),
            server(
                    "TX-6",
                    "a long text to fifty connections allocates less than ten encodings would",
                    SendingChecks::broadcast),
            both("TX-7", "the answers to messages of one segment come in one segment", SendingChecks::oneWrite),
            both("TX-7", "a send outside of callbacks leaves without a flush", SendingChecks::atOnce),
            both(
                    "TX-8",
                    "fragments leave as they are written; others wait, and pongs don't",
                    SendingChecks::streaming));

    private static final int THREADS = 8;
    private static final int EACH = 40;

    private SendingChecks() {}

    private static void threads(Bench bench) throws Exception {
        Link link = bench.link();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            senders.add(CompletableFuture.runAsync(
                    () -> sendAll(link.connection(), thread), task -> new Thread(task).start()));
        }
        Map<String, Integer> next = new HashMap<>();
        for (int i = 0; i < THREADS * EACH; i++) {
            String[] said = link.peer().message().utf8().split(" ", -1);
            equal(next.getOrDefault(said[0], 0), Integer.valueOf(said[1]), "number of thread " + said[0]);
            next.put(said[0], Integer.parseInt(said[1]) + 1);
            that(said[2].equals("x".repeat(size(Integer.parseInt(said[1])))), "a message was torn");
        }
        for (CompletableFuture<Void> sender : senders) {
            Bench.get(sender);
        }
    }

    private static int size(int number) {
        return number * number * 13 % 20_000;
    }

    private static void sendAll(Connection connection, int thread) {
        for (int i = 0; i < EACH; i++) {
            Message message = Message.text(thread + " " + i + " " + "x".repeat(size(i)));
            while (!connection.trySend(message)) {
                Thread.onSpinWait();
            }
        }
    }

    private static void completions(Bench bench) throws Exception {
        Link link = bench.link();
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> all = new ArrayList<>();
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 50; i++) {
            int number = i;
            all.add(link.connection()
                    .sendAsync(Message.binary(ByteBuffer.allocate(i * 300)))
                    .thenRun(() -> {
                        done.add(number);
                        threads.add(Thread.currentThread());
                    })
                    .toCompletableFuture());
        }
        for (int i = 0; i < 50; i++) {
            that(link.peer().line().startsWith("binary"), "message " + i + " didn't come");
            Bench.get(all.get(i));
        }
        equal(done.stream().sorted().toList(), List.copyOf(done), "order");
        equal(50, done.size(), "completions");
    }

    private static void failed(Bench bench) throws Exception {
        Link link = bench.link();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int i = 0; i < Flood.MANY; i++) {
            stages.add(link.connection().sendAsync(Flood.numbered(i)).toCompletableFuture());
        }
        link.connection().abort();
        equal("NOT_OPEN", reason(link.connection().sendAsync(Message.text("late"))), "reason");
        boolean failed = false;
        for (CompletableFuture<Void> stage : stages) {
            String reason = reason(stage);
            // Those for which there was no room were refused at once.
            if (!reason.equals("QUEUE_FULL")) {
                failed |= reason.equals("NOT_OPEN");
                equal(failed ? "NOT_OPEN" : "sent", reason, "completion");
            }
        }
        that(failed, "no stage failed");
        link.app().expect("close 1006 LOCAL");
        equal(0, link.connection().queuedMessages(), "queued messages");
        equal(0L, link.connection().queuedBytes(), "queued bytes");
    }

    private static String reason(CompletionStage<Void> stage) throws Exception {
        try {
            Bench.get(stage.toCompletableFuture());
            return "sent";
        } catch (ExecutionException e) {
            return e.getCause() instanceof SendException refused
                    ? refused.reason().toString()
                    : "" + e.getCause();
        }
    }

    private static void buffers(Bench bench) throws Exception {
        Link link = bench.link();
        ByteBuffer large = ByteBuffer.allocate(20);
        for (byte i = 0; i < 20; i++) {
            large.put(i);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(20).put(large.flip());
        for (ByteBuffer kind : List.of(large, direct, large.asReadOnlyBuffer(), large.slice(0, 20))) {
            ByteBuffer data = kind.order(ByteOrder.LITTLE_ENDIAN).position(3).limit(7);
            link.connection().send(data);
            Bench.get(link.connection().sendAsync(Message.binary(data)).toCompletableFuture());
            link.peer().expect("binary 03040506");
            link.peer().expect("binary 03040506");
            equal(
                    List.of(3, 7, ByteOrder.LITTLE_ENDIAN),
                    List.of(data.position(), data.limit(), data.order()),
                    "buffer");
            equal((byte) 3, data.get(3), "content");
        }
    }

    private static void surrogate(Bench bench) throws Exception {
        Link link = bench.link();
        thrown(IllegalArgumentException.class, () -> link.connection().send("\uD800"));
        thrown(IllegalArgumentException.class, () -> link.connection().send(Message.text("a\uDC00b")));
        link.connection().send("goes on");
        link.peer().expect("text goes on");
    }

    private static void broadcast(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        List<Link> links = new ArrayList<>();
        Group group = new Group();
        for (int i = 0; i < 50; i++) {
            Link link = bench.open();
            links.add(link);
            group.add(link.connection());
        }
        // Three bytes of UTF-8 for each character, so that no copy of the characters will do.
        Message message = Message.text("\u20ac".repeat(16_000));
        long before = allocated();
        group.send(message);
        long spent = allocated() - before;
        for (Link link : links) {
            link.peer().expect("text of 48000");
        }
        that(spent < 10 * 48_000, "allocated " + spent + " bytes");
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static void oneWrite(Bench bench) throws Exception {
        Link link = bench.link();
        link.app().onText = (connection, text) -> {
            connection.send(text);
            return null;
        };
        Bytes burst = Bytes.EMPTY;
        for (int i = 0; i < 5; i++) {
            burst = burst.plus(link.peer().encode(Frame.text("m" + i)));
        }
        for (int round = 0; round < 40; round++) {
            link.peer().send(burst);
            equal(5, link.peer().framesOfOneRead(), "answers in one segment");
        }
    }

    private static void atOnce(Bench bench) throws Exception {
        Link link = bench.link();
        link.connection().send("a");
        link.peer().expect("text a");
        link.connection().send(ByteBuffer.wrap(new byte[] {1}));
        link.peer().expect("binary 01");
    }

    private static void streaming(Bench bench) throws Exception {
        Link link = bench.link();
        MessageWriter<String> writer = link.connection().startText();
        Bench.get(writer.write("one").toCompletableFuture());
        link.peer().expect("text+ one");
        link.connection().send("behind");
        link.peer().send(Frame.ping("p"));
        link.peer().expect("pong p");
        Bench.get(writer.write("two").toCompletableFuture());
        link.peer().expect("more+ two");
        Bench.get(writer.finish().toCompletableFuture());
        link.peer().expect("more");
        link.peer().expect("text behind");
        thrown(IllegalStateException.class, writer::finish);
    }
}
