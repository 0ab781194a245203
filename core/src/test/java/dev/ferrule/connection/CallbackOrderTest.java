package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Connection.State;
import dev.ferrule.Limits;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CB-1, CB-2: the order of the callbacks, and the one that ends them. */
class CallbackOrderTest {
    @RegisterExtension
    final Log log = new Log();

    /** A way for a connection to end. */
    private static Arguments way(String name, String close, Consumer<Rig> end) {
        return Arguments.of(name, close, end);
    }

    static Stream<Arguments> waysToEnd() {
        return Stream.of(
                way("the peer closes", "close 1000 PEER", rig -> rig.receive(rig.peer.close(1000, ""))),
                way("we close", "close 1000 LOCAL", rig -> {
                    rig.connection.close();
                    rig.receive(rig.peer.close(1000, ""));
                }),
                way("a violation", "close 1002 LOCAL", rig -> rig.receive(new byte[] {(byte) 0xFF})),
                way("abort", "close 1006 LOCAL", rig -> rig.connection.abort()),
                way("end of stream", "close 1006 TRANSPORT", rig -> rig.transport.feedEnd()),
                way("a read fails", "close 1006 TRANSPORT", rig -> rig.transport.breakDown(new IOException("reset"))),
                way("a write fails", "close 1006 TRANSPORT", rig -> {
                    rig.transport.close();
                    rig.connection.send("into the void");
                }),
                way("the engine says so", "close 1006 TRANSPORT", rig -> rig.connection.lost(new IOException("gone"))),
                way("a callback throws", "close 1011 LOCAL", rig -> {
                    rig.endpoint.onText = (connection, text) -> {
                        throw new IllegalStateException("on purpose");
                    };
                    rig.receive(rig.peer.text("boom"));
                    rig.endpoint.events.remove("text boom");
                }),
                way("close timeout", "close 1006 TRANSPORT", rig -> rig.connection.close()),
                way("write timeout", "close 1006 TRANSPORT", rig -> {
                    rig.transport.takeNothing();
                    rig.connection.send("never leaves");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToEnd")
    @DisplayName("CB-2: onClose comes exactly once, whatever ends the connection, and nothing after it")
    void oneClose(String name, String close, Consumer<Rig> end) {
        Limits limits = Limits.builder()
                .closeTimeout(Duration.ofMillis(20))
                .writeTimeout(Duration.ofMillis(20))
                .build();
        for (Role role : Role.values()) {
            Rig rig = Rig.of(role, limits).open();
            end.accept(rig);
            rig.executor.runUntil(() -> rig.endpoint.closed != null);
            assertEquals(State.CLOSED, rig.connection.state());
            // Whatever else happens to a connection that has ended, nobody hears of it.
            rig.transport.feed(rig.peer.text("late"), rig.peer.pong("late"), rig.peer.close(1001, ""));
            rig.connection.readable();
            rig.connection.abort();
            rig.connection.lost(new IOException("late"));
            rig.connection.close();
            rig.connection.demand(1);
            rig.transport.feedEnd();
            rig.executor.runAll();
            assertEquals(List.of("open", close), rig.events(), name + ", " + role);
            assertEquals(0, rig.connection.queuedMessages());
            assertEquals(0, rig.connection.queuedBytes());
        }
    }

    @Test
    @DisplayName("CB-2: heartbeat timeout is one of the ends")
    void heartbeat() {
        Rig rig = Rig.server(Limits.builder()
                        .heartbeatInterval(Duration.ofMillis(10))
                        .heartbeatTimeout(Duration.ofMillis(10)))
                .open();
        rig.executor.runUntil(() -> rig.endpoint.closed != null);
        assertEquals(List.of("open", "close 1006 TRANSPORT"), rig.events());
        assertTrue(rig.transport.closed);
    }

    @Test
    @DisplayName("CB-1: onOpen, then messages and pongs in the order of the wire, then onClose")
    void order() {
        Rig rig = Rig.server().open();
        rig.receive(
                rig.peer.text("a"),
                rig.peer.pong("p"),
                rig.peer.binary((byte) 1),
                rig.peer.ping("x"),
                rig.peer.close());
        assertEquals(List.of("open", "text a", "pong p", "binary 01", "close 1005 PEER"), rig.events());
    }

    @Test
    @DisplayName("CB-1: onOpen comes first, though messages have arrived before it")
    void earlyMessages() {
        Rig rig = Rig.server();
        rig.transport.feed(rig.peer.text("early"));
        rig.open();
        assertEquals(List.of("open", "text early"), rig.events());
    }

    @Test
    @DisplayName("CB-2: a connection that is lost before its onOpen has both onOpen and onClose")
    void lostBeforeOpen() {
        Rig rig = Rig.server();
        rig.connection.opened();
        rig.connection.lost(new IOException("reset"));
        rig.executor.runAll();
        assertEquals(List.of("open", "close 1006 TRANSPORT"), rig.events());
    }

    @Test
    @DisplayName("CB-2: a send in onOpen of a connection that is lost already is no error of the endpoint")
    void sendInOpenOfLost() {
        Rig rig = Rig.server();
        rig.endpoint.onOpen = (connection, nothing) -> {
            connection.send("welcome");
            return null;
        };
        rig.connection.opened();
        rig.connection.abort();
        rig.executor.runAll();
        assertEquals(List.of("open", "close 1006 LOCAL"), rig.events());
        assertNotNull(rig.endpoint.closed);
    }

    @Test
    @DisplayName("CB-1: messages that came in one read with a Close are delivered before onClose")
    void messagesBeforeClose() {
        Rig rig = Rig.server().open();
        rig.receive(rig.peer.text("a"), rig.peer.text("b"), rig.peer.close(1000, "bye"), rig.peer.text("ignored"));
        assertEquals(List.of("open", "text a", "text b", "close 1000 PEER"), rig.events());
        assertEquals("bye", rig.closed().reason());
        assertFalse(rig.sent().isEmpty());
    }
}
