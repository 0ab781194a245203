package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Connection;
import dev.ferrule.Limits;
import dev.ferrule.Observer;
import dev.ferrule.SendPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an observer sees. */
class ObserverTest {
    @RegisterExtension
    final Log log = new Log();

    @Test
    @DisplayName("an observer sees a connection open, its messages in bytes of UTF-8, its pongs, and its end")
    void all() {
        Watching watching = new Watching();
        Rig rig = Rig.watched(Limits.builder(), SendPolicy.fail(), watching).open();
        rig.receive(rig.peer.text("\u00e9"), rig.peer.binary((byte) 1, (byte) 2, (byte) 3));
        rig.connection.send("\u20ac");
        rig.connection.send(ByteBuffer.allocate(7));
        rig.connection.ping(ByteBuffer.wrap(new byte[] {'p'}));
        rig.clock.advance(Duration.ofMillis(12));
        rig.receive(rig.peer.pong("p"));
        rig.receive(rig.peer.pong("unasked"));
        rig.receive(rig.peer.close(1000, ""));
        assertEquals(
                List.of(
                        "opened",
                        "received text 2",
                        "received binary 3",
                        "sent text 3",
                        "sent binary 7",
                        "pong 12",
                        "closed 1000"),
                watching.seen);
        assertEquals(Duration.ofMillis(12), rig.connection.roundTrip());
    }

    @Test
    @DisplayName("CT-4: the heartbeat's pings tell the round-trip time, too")
    void heartbeat() {
        Watching watching = new Watching();
        Rig rig = Rig.watched(Limits.builder(), SendPolicy.fail(), watching).open();
        rig.clock.advance(Limits.DEFAULTS.heartbeatInterval());
        assertEquals(List.of("ping"), rig.sent());
        rig.clock.advance(Duration.ofMillis(30));
        rig.receive(rig.peer.pong(""));
        assertEquals(List.of("opened", "pong 30"), watching.seen);
        assertEquals(Duration.ofMillis(30), rig.connection.roundTrip());
    }

    @Test
    @DisplayName("what an observer throws is logged, and changes nothing")
    void throwing() {
        Observer broken = new Observer() {
            @Override
            public void opened(Connection connection) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void sent(Connection connection, boolean text, long bytes) {
                throw new IllegalStateException("on purpose");
            }
        };
        Rig rig = Rig.watched(Limits.builder(), SendPolicy.fail(), broken).open();
        rig.connection.send("a");
        assertEquals(List.of("text a"), rig.sent());
        assertTrue(log.take().contains("an observer threw"));
    }

    @Test
    @DisplayName("of one cause a line per second is logged at most, and the next one says how many there were")
    void onceASecond() {
        for (int i = 0; i < 100; i++) {
            Rig rig = Rig.server();
            rig.endpoint.onOpen = (connection, nothing) -> {
                throw new IllegalStateException("on purpose");
            };
            rig.open();
        }
        String logged = log.take();
        assertTrue(logged.contains("onOpen threw"));
        assertEquals(logged.indexOf("onOpen threw"), logged.lastIndexOf("onOpen threw"));
    }
}
