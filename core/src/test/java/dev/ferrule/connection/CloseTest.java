package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Connection.State;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CL-1 to CL-6: how connections are closed. */
class CloseTest {
    private final List<String> done = new ArrayList<>();

    private void sendAsync(Rig rig, String text) {
        rig.connection.sendAsync(Message.text(text)).whenComplete((sent, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            done.add(text + (cause == null ? "" : " " + ((SendException) cause).reason()));
        });
    }

    @Test
    @DisplayName("CL-1: what was queued before goes first, sends after it fail, and the first call wins")
    void close() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        rig.connection.send("1");
        sendAsync(rig, "2");
        rig.connection.close(CloseCode.GOING_AWAY, "first");
        rig.connection.close(CloseCode.NORMAL_CLOSURE, "second");
        assertEquals(State.CLOSING, rig.connection.state());
        assertThrows(SendException.class, () -> rig.connection.send("3"));
        assertFalse(rig.connection.trySend(Message.binary(ByteBuffer.allocate(1))));
        rig.transport.allowAll();
        assertEquals(List.of("text 1", "text 2", "close 1001 first"), rig.sent());
        rig.receive(rig.peer.close(1001, "first"));
        assertEquals(List.of("2"), done);
        assertEquals(List.of("open", "close 1001 LOCAL"), rig.events());
        assertTrue(rig.closed().clean());
    }

    @Test
    @DisplayName("CL-1: messages that come before the peer's answer are still delivered, and pings answered no more")
    void messagesAfterOurClose() {
        Rig rig = Rig.server().open();
        rig.connection.close();
        rig.receive(rig.peer.text("a"), rig.peer.ping("p"));
        rig.receive(rig.peer.close(1000, ""));
        assertEquals(List.of("open", "text a", "close 1000 LOCAL"), rig.events());
        assertEquals(List.of("close 1000"), rig.sent());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("CL-2: codes that the role may not send are refused, and nothing happens")
    void codes(Role role) {
        Rig rig = Rig.of(role, Limits.DEFAULTS).open();
        for (int value = 0; value <= 0xFFFF; value += value < 5100 ? 1 : 101) {
            CloseCode code = CloseCode.of(value);
            if (!code.sendable(role)) {
                assertThrows(IllegalArgumentException.class, () -> rig.connection.close(code, ""));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> rig.connection.close(CloseCode.GOING_AWAY, "x".repeat(124)));
        assertThrows(IllegalArgumentException.class, () -> rig.connection.close(CloseCode.GOING_AWAY, "\uD800"));
        assertEquals(State.OPEN, rig.connection.state());
        rig.connection.send("still open");
        rig.connection.close(CloseCode.of(4999), "x".repeat(123));
        assertEquals(List.of("text still open", "close 4999 " + "x".repeat(123)), rig.sent());
    }

    @Test
    @DisplayName(
            "CL-3: at the peer's Close the message in flight is finished, those queued fail, data after it is ignored")
    void peerFirst() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        rig.transport.allow(3);
        sendAsync(rig, "in flight");
        sendAsync(rig, "queued");
        rig.receive(rig.peer.close(4000, "bye"), rig.peer.text("ignored"), rig.peer.ping("ignored"));
        rig.receive(new byte[] {(byte) 0xFF});
        rig.transport.allowAll();
        rig.executor.runAll();
        assertEquals(List.of("text in flight", "close 4000"), rig.sent());
        assertEquals(List.of("in flight", "queued NOT_OPEN"), done);
        assertEquals(List.of("open", "close 4000 PEER"), rig.events());
        assertEquals("bye", rig.closed().reason());
    }

    @Test
    @DisplayName("6455-7.1.2-2: both close at once, and both Close frames count")
    void simultaneous() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        rig.connection.close(CloseCode.of(4001), "");
        rig.receive(rig.peer.close(4002, ""));
        rig.transport.allowAll();
        rig.executor.runAll();
        assertEquals(List.of("close 4001"), rig.sent());
        assertEquals(List.of("open", "close 4002 LOCAL"), rig.events());
        assertTrue(rig.closed().clean());
    }

    @Test
    @DisplayName("CL-4: a server ends TCP as soon as both Close frames are exchanged")
    void serverEndsTcp() {
        Rig rig = Rig.server().open();
        rig.receive(rig.peer.close(1000, ""));
        assertEquals(List.of("close"), rig.transport.calls);
    }

    @Test
    @DisplayName("CL-4: a client waits for the server to end TCP")
    void clientWaits() {
        Rig rig = Rig.client().open();
        rig.receive(rig.peer.close(1000, ""));
        assertEquals(List.of("open", "close 1000 PEER"), rig.events());
        assertFalse(rig.transport.closed);
        rig.transport.feedEnd();
        rig.executor.runAll();
        assertTrue(rig.transport.closed);
    }

    @Test
    @DisplayName("CL-4: a client doesn't wait for ever for the server to end TCP")
    void clientWaitsBounded() {
        Rig rig = Rig.client().open();
        rig.receive(rig.peer.close(1000, ""));
        rig.clock.advance(Duration.ofSeconds(1).minusNanos(1));
        assertFalse(rig.transport.closed);
        rig.clock.advance(Duration.ofNanos(1));
        assertTrue(rig.transport.closed);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("CL-5: after failing: Close, end of output, nothing more is processed, input is drained until its end")
    void failing(Role role) {
        Rig rig = Rig.of(role, Limits.DEFAULTS).open();
        rig.receive(rig.peer.text("a"), new byte[] {(byte) 0xF1}, rig.peer.text("b"), rig.peer.ping("c"));
        assertEquals(List.of("close 1002"), rig.sent());
        assertEquals(List.of("open", "text a", "close 1002 LOCAL"), rig.events());
        assertEquals(List.of("shutdownOutput"), rig.transport.calls);
        for (int i = 0; i < 10; i++) {
            rig.receive(rig.peer.binary(new byte[100_000]));
        }
        assertEquals(0, rig.transport.unread());
        rig.transport.feedEnd();
        rig.executor.runAll();
        assertEquals(List.of("shutdownOutput", "close"), rig.transport.calls);
        assertEquals(3, rig.events().size());
    }

    @Test
    @DisplayName("CL-5: a peer that doesn't read can't hold up the end")
    void failingUnderAFullTransport() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        sendAsync(rig, "never leaves");
        rig.receive(new byte[] {(byte) 0xF1});
        assertEquals(List.of("open", "close 1002 LOCAL"), rig.events());
        rig.executor.runUntil(() -> rig.transport.closed && !done.isEmpty());
        assertEquals(List.of("never leaves NOT_OPEN"), done);
        assertEquals(0, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName("CL-6: abort drops TCP at once, and nothing is written")
    void abort() {
        Rig rig = Rig.server().open();
        rig.connection.abort();
        assertEquals(List.of("close"), rig.transport.calls);
        rig.executor.runAll();
        assertEquals(List.of(), rig.sent());
        assertEquals(List.of("open", "close 1006 LOCAL"), rig.events());
        assertFalse(rig.closed().clean());
    }

    @Test
    @DisplayName("CL-1: close in a callback, behind what the callback has sent")
    void closeInACallback() {
        Rig rig = Rig.server().open();
        rig.endpoint.onText = (connection, text) -> {
            connection.send("last words");
            connection.close(CloseCode.of(3000), "done");
            return null;
        };
        rig.receive(rig.peer.text("a"));
        assertEquals(List.of("text last words", "close 3000 done"), rig.sent());
        assertEquals(1, rig.transport.writes);
    }
}
