package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CB-3, CB-4: on whose stack callbacks and completions run. */
class CallbackThreadsTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("CB-4: where events may block, and with inline, callbacks run on the thread of the event")
    void onTheThreadOfTheEvent(boolean inline) {
        Rig rig = Rig.onEngineThread(inline, Limits.DEFAULTS);
        rig.connection.opened();
        rig.transport.feed(rig.peer.text("a"));
        assertEquals(List.of("open", "text a"), rig.events());
        assertEquals(0, rig.executor.waiting());
    }

    @Test
    @DisplayName("CB-4: where events may not block, a burst of messages costs one hop")
    void oneHopPerBurst() {
        Rig rig = Rig.server().open();
        rig.transport.feed(Wire.join(rig.peer.text("a"), rig.peer.text("b"), rig.peer.text("c")));
        assertEquals(List.of("open"), rig.events());
        assertEquals(1, rig.executor.waiting());
        rig.executor.runAll();
        assertEquals(List.of("open", "text a", "text b", "text c"), rig.events());
    }

    @Test
    @DisplayName("CB-3: nothing runs on the caller's stack inside of send, ping, close, abort or demand")
    void neverOnTheCallersStack() {
        for (boolean inline : new boolean[] {false, true}) {
            Rig rig = Rig.onEngineThread(inline, Limits.DEFAULTS).open();
            rig.endpoint.onOpen = (connection, nothing) -> null;
            rig.connection.demand(0);
            rig.receive(rig.peer.text("held"), rig.peer.text("held too"));
            assertEquals(List.of("open"), rig.events());
            rig.connection.demand(2);
            assertEquals(List.of("open"), rig.events());
            rig.executor.runAll();
            assertEquals(List.of("open", "text held", "text held too"), rig.events());

            List<String> done = new ArrayList<>();
            rig.connection.sendAsync(Message.text("x")).thenRun(() -> done.add("sent"));
            rig.connection.ping(ByteBuffer.allocate(0)).whenComplete((time, failure) -> done.add("ping"));
            assertEquals(List.of(), done);
            rig.executor.runAll();
            assertEquals(List.of("sent"), done);
            rig.connection.close();
            rig.connection.abort();
            assertEquals(List.of("sent"), done);
            assertEquals(3, rig.events().size());
            rig.executor.runAll();
            assertEquals(List.of("sent", "ping"), done);
            assertEquals("close 1006 LOCAL", rig.events().get(3));
        }
    }

    @Test
    @DisplayName("CB-3: a sender who makes room in the queue doesn't run the callback that waited for it")
    void roomMadeByASender() {
        Rig rig = Rig.onEngineThread(false, Limits.builder().queueMessages(1).build())
                .open();
        // What another thread would do while the sender writes: reads a message, for whose answer there is no room.
        rig.transport.duringWrite = () -> rig.transport.feed(rig.peer.text("waits for room"));
        rig.connection.send("1");
        assertEquals(List.of("text 1"), rig.sent());
        assertEquals(List.of("open"), rig.events());
        rig.executor.runAll();
        assertEquals(List.of("open", "text waits for room"), rig.events());
    }

    @Test
    @DisplayName("CB-3: a stage that completes doesn't run the next callback on the stack of who completes it")
    void stageOfTheCallback() {
        Rig rig = Rig.onEngineThread(true, Limits.DEFAULTS).open();
        CompletableFuture<Void> stage = new CompletableFuture<>();
        rig.endpoint.onText = (connection, text) -> stage;
        rig.receive(rig.peer.text("a"), rig.peer.text("b"));
        stage.complete(null);
        assertEquals(List.of("open", "text a"), rig.events());
        rig.executor.runAll();
        assertEquals(List.of("open", "text a", "text b"), rig.events());
    }

    @Test
    @DisplayName("CB-1: what a callback does to its own connection calls no other callback before it returns")
    void notNested() {
        Rig rig = Rig.onEngineThread(true, Limits.DEFAULTS).open();
        List<String> seen = new ArrayList<>();
        rig.endpoint.onText = (connection, text) -> {
            if (text.equals("a")) {
                rig.transport.feed(rig.peer.text("b"));
                connection.demand(5);
                connection.close(CloseCode.NORMAL_CLOSURE, "");
                seen.addAll(rig.events());
            }
            return null;
        };
        rig.receive(rig.peer.text("a"));
        assertEquals(List.of("open", "text a"), seen);
        assertEquals(List.of("open", "text a", "text b"), rig.events());
        assertEquals(0, rig.endpoint.overlaps.get());
        assertEquals(List.of("close 1000"), rig.sent());
    }
}
