package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The limits that are off by default, by a clock that the test moves. */
class IdleAndRateTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Rig idle() {
        return Rig.server(Limits.builder().idleTimeout(Duration.ofSeconds(10))).open();
    }

    private static void assertIdle(Rig rig) {
        rig.executor.runAll();
        assertEquals("close 1001 LOCAL", rig.events().get(rig.events().size() - 1));
        assertTrue(rig.closed().cause() instanceof TimeoutException);
        assertEquals("close 1001 idle", rig.sent().get(rig.sent().size() - 1));
    }

    @Test
    @DisplayName("idle timeout: 1001 by this endpoint with the cause, after the time without a message, and not before")
    void idleTimeout() {
        Rig rig = idle();
        rig.clock.advance(Duration.ofSeconds(10).minusNanos(1));
        assertEquals(List.of("open"), rig.events());
        rig.clock.advance(Duration.ofNanos(1));
        assertIdle(rig);
    }

    @Test
    @DisplayName("idle timeout: messages of either direction count, pings and pongs don't")
    void whatCounts() {
        Rig rig = idle();
        for (int i = 0; i < 3; i++) {
            rig.clock.advance(Duration.ofSeconds(9));
            rig.receive(rig.peer.text("here"));
            rig.clock.advance(Duration.ofSeconds(9));
            rig.connection.send("there");
        }
        rig.clock.advance(Duration.ofSeconds(9));
        rig.receive(rig.peer.ping(""), rig.peer.pong(""));
        rig.clock.advance(SECOND);
        assertIdle(rig);
    }

    @Test
    @DisplayName("idle timeout: an endpoint that is at work on a message is not idle")
    void atWork() {
        Rig rig = idle();
        CompletableFuture<Void> stage = new CompletableFuture<>();
        rig.endpoint.onText = (connection, text) -> stage;
        rig.receive(rig.peer.text("slow"), rig.peer.text("held"));
        rig.clock.advance(Duration.ofSeconds(15));
        assertEquals(List.of("open", "text slow"), rig.events());
    }

    @Test
    @DisplayName("rate limits: so many messages in a second, one more fails with 1008")
    void messagesPerSecond() {
        Rig rig = Rig.server(Limits.builder().messagesPerSecond(5)).open();
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < 5; i++) {
                rig.receive(rig.peer.text("m"));
            }
            rig.clock.advance(SECOND);
        }
        assertEquals(16, rig.events().size());
        for (int i = 0; i < 6; i++) {
            rig.receive(rig.peer.text("m"));
        }
        assertEquals(16 + 5 + 1, rig.events().size());
        assertEquals("close 1008 LOCAL", rig.events().get(21));
        assertTrue(rig.closed().cause().getMessage().contains("5 messages per second"));
    }

    @Test
    @DisplayName("rate limits: fragments of one message count once, and pings not at all")
    void fragments() {
        Rig rig = Rig.server(Limits.builder().messagesPerSecond(1)).open();
        rig.receive(rig.peer.frame(0x01, Wire.utf8("a")), rig.peer.ping("p"), rig.peer.frame(0x80, Wire.utf8("b")));
        assertEquals(List.of("open", "text ab"), rig.events());
    }

    @Test
    @DisplayName("rate limits: what a frame announces counts; what is over is paid back by waiting")
    void bytesPerSecond() {
        Rig rig = Rig.server(Limits.builder().bytesPerSecond(1000)).open();
        rig.receive(rig.peer.binary(new byte[500]), rig.peer.binary(new byte[2500]));
        assertEquals(3, rig.events().size());
        rig.clock.advance(Duration.ofMillis(2001));
        rig.receive(rig.peer.binary(new byte[1]));
        assertEquals(4, rig.events().size());
        rig.receive(rig.peer.header(0x82, 2), rig.peer.header(0x82, 2));
        assertEquals("close 1008 LOCAL", rig.events().get(4));
    }
}
