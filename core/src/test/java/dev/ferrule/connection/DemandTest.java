package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RX-5: manual demand. */
class DemandTest {
    private Rig rig;

    @BeforeEach
    void openWithoutDemand() {
        rig = Rig.server();
        rig.endpoint.onOpen = (connection, nothing) -> {
            connection.demand(0);
            return null;
        };
        rig.open();
    }

    private void demand(long messages) {
        rig.connection.demand(messages);
        rig.executor.runAll();
    }

    @Test
    @DisplayName("RX-5: no message comes beyond the demand")
    void noneBeyond() {
        rig.receive(rig.peer.text("a"), rig.peer.text("b"), rig.peer.text("c"));
        assertEquals(List.of("open"), rig.events());
        demand(2);
        assertEquals(List.of("open", "text a", "text b"), rig.events());
        demand(0);
        assertEquals(3, rig.events().size());
        demand(5);
        rig.receive(rig.peer.text("d"));
        assertEquals(List.of("open", "text a", "text b", "text c", "text d"), rig.events());
    }

    @Test
    @DisplayName("RX-5: demand adds up, and without bound is possible")
    void addsUp() {
        demand(Long.MAX_VALUE);
        demand(Long.MAX_VALUE);
        rig.receive(rig.peer.text("a"), rig.peer.text("b"));
        assertEquals(List.of("open", "text a", "text b"), rig.events());
    }

    @Test
    @DisplayName("RX-5: without demand control frames are handled up to the first piece of a message")
    void controlFrames() {
        rig.receive(rig.peer.ping("1"), rig.peer.pong("2"), rig.peer.text("held"), rig.peer.ping("3"));
        rig.receive(rig.peer.ping("4"));
        assertEquals(List.of("open", "pong 2"), rig.events());
        assertEquals(List.of("pong 1"), rig.sent());
        demand(1);
        assertEquals(List.of("open", "pong 2", "text held"), rig.events());
        assertEquals(List.of("pong 1", "pong 3", "pong 4"), rig.sent());
    }

    @Test
    @DisplayName("RX-5: without demand the peer's Close is handled, and the end of the stream")
    void close() {
        rig.receive(rig.peer.close(1000, ""));
        assertEquals(List.of("open", "close 1000 PEER"), rig.events());
        openWithoutDemand();
        rig.transport.feedEnd();
        rig.executor.runAll();
        assertEquals(List.of("open", "close 1006 TRANSPORT"), rig.events());
    }

    @Test
    @DisplayName("RX-5: behind a message that nobody asked for reading stops, so that the peer feels it")
    void readingStops() {
        rig.receive(rig.peer.text("held"));
        for (int i = 0; i < 10; i++) {
            rig.receive(rig.peer.binary(new byte[1000]));
        }
        assertFalse(rig.transport.readAwaited());
        assertEquals(10 * 1008, rig.transport.unread());
        demand(11);
        assertEquals(12, rig.events().size());
        assertEquals(0, rig.transport.unread());
    }

    @Test
    @DisplayName("RX-5: a callback may ask for the next message")
    void askedForInTheCallback() {
        rig.endpoint.onText = (connection, text) -> {
            connection.demand(1);
            return null;
        };
        demand(1);
        rig.receive(rig.peer.text("a"), rig.peer.text("b"));
        rig.receive(rig.peer.text("c"));
        assertEquals(List.of("open", "text a", "text b", "text c"), rig.events());
    }

    @Test
    @DisplayName("RX-5: a demand can't be negative")
    void negative() {
        assertThrows(IllegalArgumentException.class, () -> rig.connection.demand(-1));
    }

    @Test
    @DisplayName("CL-3: behind our own Close a message that nobody asked for doesn't hide the peer's")
    void behindOurClose() {
        rig.receive(rig.peer.text("held"), rig.peer.frame(0x01, Wire.utf8("more")), rig.peer.frame(0x80, new byte[0]));
        assertEquals(List.of("open"), rig.events());
        rig.connection.close();
        rig.executor.runAll();
        rig.receive(rig.peer.binary(new byte[300]), rig.peer.close(1000, ""));
        assertEquals(List.of("open", "close 1000 LOCAL"), rig.events());
        assertTrue(rig.closed().clean());
    }

    @Test
    @DisplayName("CL-3: behind our own Close messages that were asked for are delivered")
    void askedForBehindOurClose() {
        rig.connection.close();
        rig.connection.demand(1);
        rig.executor.runAll();
        rig.receive(rig.peer.text("a"), rig.peer.text("b"), rig.peer.close(1000, ""));
        assertEquals(List.of("open", "text a", "close 1000 LOCAL"), rig.events());
    }
}
