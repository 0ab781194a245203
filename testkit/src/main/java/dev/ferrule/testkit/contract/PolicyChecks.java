package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.both;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.that;

import dev.ferrule.Connection;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import dev.ferrule.SendPolicy;
import dev.ferrule.testkit.wire.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** TX-2 and TX-9, with a peer that doesn't read. */
final class PolicyChecks {
    static final List<Check> ALL = List.of(
            both("TX-2", "fail: the send is refused, and the connection goes on", PolicyChecks::fail),
            both("TX-2", "close: 1008", PolicyChecks::close),
            both(
                    "TX-2",
                    "drop oldest: what arrives is in order, ends with the newest, and the rest is counted",
                    PolicyChecks::dropOldest),
            both("TX-2", "drop newest: what was accepted arrives, and the rest is counted", PolicyChecks::dropNewest),
            both("TX-2", "conflate: the newest of a key arrives, and the rest is counted", PolicyChecks::conflate),
            both("TX-2", "block: the send waits until the peer reads", PolicyChecks::block),
            both("TX-2", "block: at its deadline the send fails", PolicyChecks::deadline),
            both("TX-2", "block: a callback on the engine's thread doesn't wait", PolicyChecks::inline),
            both("TX-9", "a peer that takes nothing is given up: 1006 with the cause", PolicyChecks::writeTimeout));

    private PolicyChecks() {}

    /** The write timeout must not come before the check is over. */
    private static Link link(Bench bench, SendPolicy policy) throws Exception {
        Limits limits = Limits.builder().writeTimeout(Duration.ofMinutes(5)).build();
        return bench.link(Setup.PLAIN.with(limits).with(policy));
    }

    private static void fail(Bench bench) throws Exception {
        Link link = link(bench, SendPolicy.fail());
        equal(Reason.QUEUE_FULL, Flood.untilRefused(link.connection()).reason(), "reason");
        equal(Connection.State.OPEN, link.connection().state(), "state");
        equal(0L, link.connection().droppedMessages(), "dropped");
        that(
                link.connection().queuedBytes() <= 1 << 20,
                "queued " + link.connection().queuedBytes());
    }

    private static void close(Bench bench) throws Exception {
        Link link = link(bench, SendPolicy.close());
        equal(Reason.QUEUE_FULL, Flood.untilRefused(link.connection()).reason(), "reason");
        link.app().expect("close 1008 LOCAL");
    }

    private static void end(Link link) {
        while (!link.connection().trySend(Message.text("end"))) {
            Thread.onSpinWait();
        }
    }

    private static void dropOldest(Bench bench) throws Exception {
        Link link = link(bench, SendPolicy.dropOldest());
        for (int i = 0; i < Flood.MANY; i++) {
            link.connection().send(Flood.numbered(i));
        }
        that(
                link.connection().queuedBytes() <= 1 << 20,
                "queued " + link.connection().queuedBytes());
        link.connection().send("end");
        List<Integer> read = Flood.read(link.peer());
        ordered(read);
        equal(Flood.MANY - 1, read.get(read.size() - 1), "last");
        equal((long) Flood.MANY, read.size() + link.connection().droppedMessages(), "read and dropped");
        equal(
                (Flood.MANY - read.size()) * (long) Flood.numbered(0).payload().remaining(),
                link.connection().droppedBytes(),
                "dropped bytes");
        that(link.connection().droppedMessages() > 0, "none was dropped");
    }

    private static void ordered(List<Integer> numbers) {
        equal(numbers.stream().sorted().distinct().toList(), numbers, "order");
    }

    private static void dropNewest(Bench bench) throws Exception {
        Link link = link(bench, SendPolicy.dropNewest());
        List<Integer> accepted = new ArrayList<>();
        for (int i = 0; i < Flood.MANY; i++) {
            if (link.connection().trySend(Flood.numbered(i))) {
                accepted.add(i);
            }
        }
        equal((long) (Flood.MANY - accepted.size()), link.connection().droppedMessages(), "dropped");
        that(link.connection().droppedMessages() > 0, "none was dropped");
        CompletableFuture<Void> last = CompletableFuture.runAsync(() -> end(link));
        equal(accepted, Flood.read(link.peer()), "read");
        Bench.get(last);
    }

    private static void conflate(Bench bench) throws Exception {
        Link link = link(bench, SendPolicy.conflate());
        equal(Reason.QUEUE_FULL, Flood.untilRefused(link.connection()).reason(), "reason");
        // One of a key makes room for the next, so these never fail once the first has found room.
        int sent = 0;
        CompletableFuture<List<Integer>> reading = null;
        while (!link.connection().trySend(numbered(0))) {
            reading = reading == null ? reading(link) : reading;
        }
        for (int i = 1; i < 200; i++) {
            link.connection().send(numbered(i));
            sent = i;
        }
        long dropped = link.connection().droppedMessages();
        CompletableFuture<List<Integer>> rest = reading == null ? reading(link) : reading;
        end(link);
        List<Integer> keyed = Bench.get(rest).stream().filter(n -> n >= KEYED).toList();
        ordered(keyed);
        equal(KEYED + sent, keyed.get(keyed.size() - 1), "last");
        equal((long) sent + 1, keyed.size() + dropped, "read and dropped");
    }

    private static final int KEYED = 1_000_000;

    private static Message numbered(int number) {
        return Flood.numbered(KEYED + number).key("key");
    }

    private static CompletableFuture<List<Integer>> reading(Link link) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Flood.read(link.peer());
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static void block(Bench bench) throws Exception {
        Link link = link(bench, SendPolicy.block(Duration.ofMinutes(2)));
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < Flood.MANY; i++) {
                link.connection().send(Flood.numbered(i));
            }
            link.connection().send("end");
        });
        while (link.connection().trySend(Message.text("")) && !sender.isDone()) {
            Thread.onSpinWait();
        }
        that(!sender.isDone(), "the queue took everything");
        int read = 0;
        for (Frame frame = link.peer().frame();
                frame != null;
                frame = link.peer().frame()) {
            if (frame.opcode() == 2) {
                equal(
                        read++,
                        java.nio.ByteBuffer.wrap(frame.payload().slice(0, 4).toArray())
                                .getInt(),
                        "number");
            } else if (frame.payload().utf8().equals("end")) {
                break;
            }
        }
        equal(Flood.MANY, read, "read");
        Bench.get(sender);
    }

    private static void deadline(Bench bench) throws Exception {
        Link link = link(bench, SendPolicy.block(Duration.ofMillis(100)));
        equal(Reason.QUEUE_FULL, Flood.untilRefused(link.connection()).reason(), "reason");
        equal(Connection.State.OPEN, link.connection().state(), "state");
    }

    private static void inline(Bench bench) throws Exception {
        Limits limits = Limits.builder().writeTimeout(Duration.ofMinutes(5)).build();
        Link link = bench.link(Setup.PLAIN
                .with(limits)
                .with(SendPolicy.block(Duration.ofMinutes(10)))
                .onEngineThreads());
        CompletableFuture<SendException> refused = new CompletableFuture<>();
        link.app().onText = (connection, text) -> {
            refused.complete(Flood.untilRefused(connection));
            return null;
        };
        link.peer().send(Frame.text("go"));
        equal(Reason.QUEUE_FULL, Bench.get(refused).reason(), "reason");
    }

    private static void writeTimeout(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.writeTimeout(Duration.ofMillis(500))));
        Flood.untilClosed(link.connection());
        var event = link.app().awaitClose();
        equal(1006, event.code().value(), "code");
        that(String.valueOf(event.cause()).contains("write timeout"), "the cause is " + event.cause());
    }
}
