package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import dev.ferrule.SendPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** TX-2: what becomes of a message that finds the queue full. */
class SendPolicyTest {
    private final Watching watching = new Watching();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    /** The first message is in flight, and what follows waits. */
    private Rig stalled(SendPolicy policy, Limits.Builder limits) {
        Rig rig = Rig.watched(limits, policy, watching).open();
        rig.transport.takeNothing();
        watching.seen.clear();
        return rig;
    }

    private Rig stalled(SendPolicy policy) {
        return stalled(policy, Limits.builder().queueMessages(3));
    }

    private void note(Rig rig, String text) {
        note(text, rig.connection.sendAsync(Message.text(text)));
    }

    private void note(String name, CompletionStage<Void> stage) {
        stage.whenComplete((sent, failure) -> done.add(failure == null ? name : name + " " + reason(failure)));
    }

    private static Reason reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return ((SendException) cause).reason();
    }

    private static void drain(Rig rig) {
        rig.transport.allowAll();
        rig.executor.runAll();
        assertEquals(0, rig.connection.queuedMessages());
        assertEquals(0, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName(
            "TX-2 drop oldest: the newest are kept, in order, and each drop is counted, reported and told to its sender")
    void dropOldest() {
        Rig rig = stalled(SendPolicy.dropOldest());
        for (String text : List.of("1", "22", "333", "4444", "55555")) {
            note(rig, text);
        }
        assertEquals(3, rig.connection.queuedMessages());
        assertEquals(1 + 4 + 5, rig.connection.queuedBytes());
        assertEquals(2, rig.connection.droppedMessages());
        assertEquals(2 + 3, rig.connection.droppedBytes());
        assertEquals(
                List.of(
                        "sent text 1",
                        "sent text 2",
                        "sent text 3",
                        "full 4",
                        "dropped 2",
                        "sent text 4",
                        "full 5",
                        "dropped 3",
                        "sent text 5"),
                watching.seen);
        drain(rig);
        assertEquals(List.of("text 1", "text 4444", "text 55555"), rig.sent());
        assertEquals(List.of("1", "22 DROPPED", "333 DROPPED", "4444", "55555"), done);
    }

    @Test
    @DisplayName(
            "TX-2 drop oldest: as many as a large message needs; if that is not enough, itself, and the others stay")
    void dropOldestBytes() {
        Rig rig = stalled(SendPolicy.dropOldest(), Limits.builder().queueBytes(20));
        rig.connection.send(ByteBuffer.allocate(6));
        rig.connection.send("five5");
        rig.connection.send(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
        assertFalse(rig.connection.trySend(Message.binary(ByteBuffer.allocate(15))));
        assertEquals(3, rig.connection.queuedMessages());
        assertEquals(15, rig.connection.droppedBytes());
        assertTrue(rig.connection.trySend(Message.binary(ByteBuffer.allocate(9))));
        assertEquals(2, rig.connection.droppedMessages());
        assertEquals(20, rig.connection.queuedBytes());
        drain(rig);
        assertEquals(List.of("binary 000000000000", "binary 0102030405", "binary 000000000000000000"), rig.sent());
    }

    @Test
    @DisplayName("TX-2 drop oldest: what is sent in one callback is bounded and dropped in the same way")
    void dropOldestInCallback() {
        Rig rig = Rig.watched(Limits.builder().queueMessages(3), SendPolicy.dropOldest(), watching)
                .open();
        rig.endpoint.onText = (connection, text) -> {
            for (int i = 0; i < 10; i++) {
                connection.send("" + i);
            }
            return null;
        };
        rig.receive(rig.peer.text("go"));
        assertEquals(List.of("text 7", "text 8", "text 9"), rig.sent());
        assertEquals(7, rig.connection.droppedMessages());
    }

    @Test
    @DisplayName(
            "TX-2 drop oldest: no more than half of the queue is in flight, so the newest are kept in the other half")
    void dropOldestInFlight() {
        Rig rig = stalled(SendPolicy.dropOldest(), Limits.builder().queueBytes(80));
        for (int i = 0; i < 10; i++) {
            rig.connection.send("message  " + i);
        }
        // The first one leaves, and the next ones are in flight.
        rig.transport.allow(13);
        for (int i = 10; i < 30; i++) {
            rig.connection.send("message " + i);
        }
        drain(rig);
        List<String> sent = rig.sent();
        assertEquals(
                List.of("text message 26", "text message 27", "text message 28", "text message 29"),
                sent.subList(sent.size() - 4, sent.size()));
        assertEquals(30, sent.size() + rig.connection.droppedMessages());
    }

    @Test
    @DisplayName("TX-2 drop newest: what waits stays, the new one is dropped, and send returns")
    void dropNewest() {
        Rig rig = stalled(SendPolicy.dropNewest());
        for (String text : List.of("1", "22", "333")) {
            note(rig, text);
        }
        rig.connection.send("4444");
        rig.connection.send(ByteBuffer.allocate(5));
        assertFalse(rig.connection.trySend(Message.text("666666")));
        note(rig, "7777777");
        assertEquals(List.of("7777777 DROPPED"), done);
        assertEquals(4, rig.connection.droppedMessages());
        assertEquals(4 + 5 + 6 + 7, rig.connection.droppedBytes());
        assertEquals("full 7", watching.seen.get(watching.seen.size() - 2));
        assertEquals("dropped 7", watching.seen.get(watching.seen.size() - 1));
        drain(rig);
        assertEquals(List.of("text 1", "text 22", "text 333"), rig.sent());
        assertEquals(List.of("7777777 DROPPED", "1", "22", "333"), done);
    }

    @Test
    @DisplayName(
            "TX-2 conflate: only the newest of a key waits, those without a key all do, and the order stays that of sending")
    void conflate() {
        Rig rig = stalled(SendPolicy.conflate(), Limits.builder());
        note(rig, "in flight");
        note("a1", rig.connection.sendAsync(Message.text("a1").key("a")));
        note(
                "b1",
                rig.connection.sendAsync(
                        Message.binary(ByteBuffer.wrap(new byte[] {1})).key("b")));
        note(rig, "no key");
        note("a2", rig.connection.sendAsync(Message.text("a2").key("a")));
        rig.connection.send(Message.text("a3").key("a"));
        rig.connection.send("no key");
        assertEquals(5, rig.connection.queuedMessages());
        assertEquals(2, rig.connection.droppedMessages());
        assertEquals(4, rig.connection.droppedBytes());
        drain(rig);
        assertEquals(List.of("text in flight", "binary 01", "text no key", "text a3", "text no key"), rig.sent());
        assertEquals(List.of("in flight", "a1 DROPPED", "b1", "no key", "a2 DROPPED"), done);
    }

    @Test
    @DisplayName(
            "TX-2 conflate: where the queue is full of other keys, the send fails; the one of the same key makes room")
    void conflateFull() {
        Rig rig = stalled(SendPolicy.conflate());
        rig.connection.send("in flight");
        rig.connection.send(Message.text("a1").key("a"));
        rig.connection.send(Message.text("b1").key("b"));
        assertEquals(
                Reason.QUEUE_FULL,
                assertThrows(
                                SendException.class,
                                () -> rig.connection.send(Message.text("c").key("c")))
                        .reason());
        assertTrue(rig.connection.trySend(Message.text("b2").key("b")));
        drain(rig);
        assertEquals(List.of("text in flight", "text a1", "text b2"), rig.sent());
    }

    @Test
    @DisplayName("TX-2 close: the send fails, and the connection ends with 1008, with the full queue as the cause")
    void close() {
        Rig rig = stalled(SendPolicy.close());
        note(rig, "1");
        note(rig, "2");
        note(rig, "3");
        assertEquals(
                Reason.QUEUE_FULL,
                assertThrows(SendException.class, () -> rig.connection.send("4"))
                        .reason());
        rig.executor.runAll();
        assertEquals(
                "close 1008 LOCAL reads too slowly",
                rig.events().get(1) + " " + rig.closed().reason());
        assertEquals(Reason.QUEUE_FULL, ((SendException) rig.closed().cause()).reason());
        drain(rig);
        assertEquals(List.of("text 1", "close 1008 reads too slowly"), rig.sent());
        assertEquals(List.of("1", "2 NOT_OPEN", "3 NOT_OPEN"), done);
    }

    @Test
    @DisplayName("TX-2 block: a sender waits until the transport has made room")
    void block() throws Exception {
        Rig rig = stalled(SendPolicy.block(Duration.ofSeconds(5)));
        for (String text : List.of("1", "2", "3")) {
            rig.connection.send(text);
        }
        CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> rig.connection.send("4"));
        while (!watching.seen.contains("full 1")) {
            Thread.onSpinWait();
        }
        assertFalse(rig.connection.trySend(Message.text("5")));
        assertFalse(blocked.isDone());
        rig.transport.allow(3);
        rig.executor.runAll();
        blocked.get(ManualExecutor.PATIENCE_SECONDS, TimeUnit.SECONDS);
        drain(rig);
        assertEquals(List.of("text 1", "text 2", "text 3", "text 4"), rig.sent());
    }

    @Test
    @DisplayName("TX-2 block: at the deadline the send fails, and not before")
    void blockDeadline() {
        Rig rig = stalled(SendPolicy.block(Duration.ofSeconds(5)));
        for (String text : List.of("1", "2", "3")) {
            rig.connection.send(text);
        }
        long timers = rig.clock.waiting();
        CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> rig.connection.send("4"));
        while (rig.clock.waiting() == timers) {
            Thread.onSpinWait();
        }
        rig.clock.advance(Duration.ofSeconds(5).minusNanos(1));
        assertFalse(blocked.isDone());
        rig.clock.advance(Duration.ofNanos(1));
        CompletionException failure = assertThrows(CompletionException.class, blocked::join);
        assertEquals(Reason.QUEUE_FULL, reason(failure));
    }

    @Test
    @DisplayName("TX-2 block: the end of the connection ends the waiting")
    void blockEnd() {
        Rig rig = stalled(SendPolicy.block(Duration.ofSeconds(5)));
        for (String text : List.of("1", "2", "3")) {
            rig.connection.send(text);
        }
        CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> rig.connection.send("4"));
        while (!watching.seen.contains("full 1")) {
            Thread.onSpinWait();
        }
        rig.connection.abort();
        assertEquals(Reason.NOT_OPEN, reason(assertThrows(CompletionException.class, blocked::join)));
    }

    @Test
    @DisplayName("TX-2 block: on a thread of the engine's nobody waits")
    void neverOnTheEnginesThread() {
        Rig rig = stalled(SendPolicy.block(Duration.ofSeconds(5)));
        rig.transport.onEngineThread = true;
        for (String text : List.of("1", "2", "3")) {
            rig.connection.send(text);
        }
        assertThrows(SendException.class, () -> rig.connection.send("4"));
    }

    @Test
    @DisplayName("TX-2: a deadline that isn't one is refused")
    void deadlines() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(2))) {
            assertThrows(IllegalArgumentException.class, () -> SendPolicy.block(wrong));
        }
    }
}
