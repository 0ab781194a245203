package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CB-6: a stage that a callback returns. */
class StageTest {
    private final CompletableFuture<Void> stage = new CompletableFuture<>();
    private Rig rig;

    @BeforeEach
    void open() {
        rig = Rig.server().open();
        rig.endpoint.onText = (connection, text) -> text.equals("slow") ? stage : null;
    }

    private void complete() {
        stage.complete(null);
        rig.executor.runAll();
    }

    @Test
    @DisplayName("CB-6: the next message waits until the stage completes, pings before it are answered meanwhile")
    void delays() {
        rig.receive(rig.peer.text("slow"), rig.peer.ping("1"), rig.peer.pong("2"), rig.peer.text("next"));
        assertEquals(List.of("open", "text slow", "pong 2"), rig.events());
        assertEquals(List.of("pong 1"), rig.sent());
        complete();
        assertEquals(List.of("open", "text slow", "pong 2", "text next"), rig.events());
    }

    @Test
    @DisplayName("CB-6: pings that come in later reads are answered while the stage is pending")
    void laterPings() {
        rig.receive(rig.peer.text("slow"));
        rig.receive(rig.peer.ping("1"));
        rig.receive(rig.peer.ping("2"));
        assertEquals(List.of("pong 1", "pong 2"), rig.sent());
        rig.receive(rig.peer.text("next"));
        assertEquals(List.of("open", "text slow"), rig.events());
        complete();
        assertEquals(List.of("open", "text slow", "text next"), rig.events());
    }

    @Test
    @DisplayName("CB-6: behind a message that waits reading stops, and goes on afterwards")
    void readingStops() {
        rig.receive(rig.peer.text("slow"), rig.peer.text("next"));
        int reads = rig.transport.reads;
        rig.receive(rig.peer.text("unread"));
        rig.receive(rig.peer.text("unread too"));
        assertEquals(reads, rig.transport.reads);
        assertFalse(rig.transport.readAwaited());
        complete();
        assertEquals(List.of("open", "text slow", "text next", "text unread", "text unread too"), rig.events());
    }

    @Test
    @DisplayName("CB-6: the peer's Close is handled while the stage is pending")
    void closeWhilePending() {
        rig.receive(rig.peer.text("slow"));
        rig.receive(rig.peer.close(1000, ""));
        assertEquals(List.of("open", "text slow", "close 1000 PEER"), rig.events());
        complete();
        assertEquals(3, rig.events().size());
    }

    @Test
    @DisplayName("CB-6: a stage that is complete already delays nothing")
    void completeAlready() {
        stage.complete(null);
        rig.receive(rig.peer.text("slow"), rig.peer.text("next"));
        assertEquals(List.of("open", "text slow", "text next"), rig.events());
    }

    @Test
    @DisplayName("CB-6: a stage delays the next message also if that has begun with an empty fragment")
    void emptyFragment() {
        rig.receive(rig.peer.text("slow"), rig.peer.frame(0x01, new byte[0]), rig.peer.ping("p"));
        rig.receive(rig.peer.frame(0x80, Wire.utf8("next")));
        assertEquals(List.of("open", "text slow"), rig.events());
        complete();
        assertEquals(List.of("open", "text slow", "text next"), rig.events());
    }

    @Test
    @DisplayName("CB-6: many messages, each with a stage, come one after another")
    void oneAfterAnother() {
        Rig many = Rig.client().open();
        ArrayDeque<CompletableFuture<Void>> stages = new ArrayDeque<>();
        many.endpoint.onText = (connection, text) -> {
            stages.add(new CompletableFuture<>());
            return stages.getLast();
        };
        many.receive(many.peer.text("0"), many.peer.text("1"), many.peer.text("2"), many.peer.text("3"));
        for (int i = 0; i < 4; i++) {
            assertEquals(i + 2, many.events().size());
            assertEquals(1, stages.size());
            stages.remove().complete(null);
            many.executor.runAll();
        }
        assertEquals(List.of("open", "text 0", "text 1", "text 2", "text 3"), many.events());
    }
}
