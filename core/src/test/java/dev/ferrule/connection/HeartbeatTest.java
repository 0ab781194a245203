package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CT-4: the heartbeat, with short times. */
class HeartbeatTest {
    private static Rig rig(int intervalMillis, int timeoutMillis) {
        return Rig.server(Limits.builder()
                        .heartbeatInterval(Duration.ofMillis(intervalMillis))
                        .heartbeatTimeout(Duration.ofMillis(timeoutMillis))
                        .controlFrameBurst(100_000))
                .open();
    }

    private static int pings(Rig rig) {
        return rig.sent().size();
    }

    @Test
    @DisplayName("CT-4: a silent peer is pinged after the interval, and lost after the timeout: 1006 with the cause")
    void deadPeer() {
        Rig rig = rig(25_000, 10_000);
        rig.clock.advance(Duration.ofSeconds(25).minusNanos(1));
        assertEquals(List.of(), rig.sent());
        rig.clock.advance(Duration.ofNanos(1));
        assertEquals(List.of("ping"), rig.sent());
        rig.clock.advance(Duration.ofSeconds(10).minusNanos(1));
        rig.executor.runAll();
        assertEquals(List.of("open"), rig.events());
        rig.clock.advance(Duration.ofNanos(1));
        rig.executor.runAll();
        assertEquals("close 1006 TRANSPORT", rig.events().get(1));
        assertTrue(rig.closed().cause() instanceof TimeoutException);
        assertTrue(rig.closed().cause().getMessage().contains("heartbeat timeout"));
        assertTrue(rig.transport.closed);
    }

    @Test
    @DisplayName("CT-4: any byte back is enough")
    void anyByte() {
        Rig rig = rig(10, 20_000);
        rig.executor.runUntil(() -> pings(rig) == 1);
        rig.receive(new byte[] {rig.peer.text("slowly")[0]});
        assertEquals(List.of("open"), rig.events());
        assertTrue(!rig.transport.closed);
        rig.connection.abort();
        rig.executor.runAll();
    }

    @Test
    @DisplayName(
            "CT-4: a peer that dies behind its answer is pinged an interval later, not a timeout and an interval later")
    void diesBehindItsAnswer() {
        Rig rig = rig(10_000, 5_000);
        rig.clock.advance(Duration.ofSeconds(10));
        rig.clock.advance(Duration.ofSeconds(1));
        rig.receive(rig.peer.pong(""));
        rig.clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertEquals(1, pings(rig));
        rig.clock.advance(Duration.ofNanos(1));
        assertEquals(2, pings(rig));
    }

    @Test
    @DisplayName("CT-4: behind an answer the next ping comes after the interval, however long the timeout is")
    void longTimeout() {
        Rig rig = rig(1_000, 60_000);
        for (int i = 1; i <= 3; i++) {
            rig.clock.advance(Duration.ofSeconds(1));
            assertEquals(i, pings(rig));
            rig.receive(rig.peer.pong(""));
        }
        rig.clock.advance(Duration.ofSeconds(1));
        rig.clock.advance(Duration.ofSeconds(60).minusNanos(1));
        rig.executor.runAll();
        assertEquals(4, pings(rig));
        assertTrue(!rig.transport.closed);
        rig.clock.advance(Duration.ofNanos(1));
        rig.executor.runAll();
        assertTrue(rig.transport.closed);
    }

    @Test
    @DisplayName("CT-4: while traffic flows there is no ping")
    void traffic() {
        Rig rig = rig(10_000, 10_000);
        byte[] frame = rig.peer.binary(new byte[100]);
        for (byte b : frame) {
            rig.clock.advance(Duration.ofSeconds(9).minusNanos(1));
            rig.receive(new byte[] {b});
        }
        assertEquals(0, pings(rig));
    }

    @Test
    @DisplayName("CT-4: a peer that isn't read since the endpoint is busy is not taken for dead")
    void busyEndpoint() {
        Rig rig = rig(10, 10);
        CompletableFuture<Void> stage = new CompletableFuture<>();
        rig.endpoint.onText = (connection, text) -> stage;
        rig.receive(rig.peer.text("slow"), rig.peer.text("held"));
        rig.clock.advance(Duration.ofSeconds(1));
        rig.executor.runAll();
        assertEquals(List.of("open", "text slow"), rig.events());
        stage.complete(null);
        rig.executor.runUntil(() -> rig.endpoint.closed != null);
        assertEquals("text held", rig.events().get(2));
    }

    @Test
    @DisplayName("CT-4: an application's own pings don't disturb it")
    void ownPings() {
        Rig rig = rig(10, 10_000);
        var pong = rig.connection.ping(ByteBuffer.wrap(new byte[] {1}));
        rig.executor.runUntil(() -> pings(rig) >= 2);
        rig.receive(rig.peer.pong(""));
        assertEquals(false, pong.toCompletableFuture().isDone());
        rig.receive(rig.peer.pong("\u0001"));
        assertEquals(true, pong.toCompletableFuture().isDone());
        rig.connection.abort();
        rig.executor.runAll();
    }
}
