package dev.ferrule.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.CloseEvent;
import dev.ferrule.CloseEvent.Initiator;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.Server;
import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done to a connection, and that core does what it promises then. */
class LinkTest {
    /** Echoes, and writes down what happens and when. */
    private final class Served implements Endpoint {
        private final List<String> events = new ArrayList<>();
        private @Nullable Connection connection;
        private @Nullable CloseEvent closed;

        @Override
        public void onOpen(Connection opened) {
            connection = opened;
            events.add("open");
        }

        @Override
        public @Nullable CompletionStage<?> onText(Connection from, String text) {
            events.add(text + " at " + network.elapsed().toMillis());
            from.send(text);
            return null;
        }

        @Override
        public void onClose(Connection from, CloseEvent event) {
            closed = event;
            events.add(
                    "close " + event.code().value() + " at " + network.elapsed().toMillis());
        }
    }

    private final Network network = new Network();
    private final Served served = new Served();

    private Server start() throws Exception {
        return network.start(Ferrule.server().route("/", served));
    }

    private Peer connect() throws Exception {
        return network.connect(start().uri("/"));
    }

    @AfterEach
    void close() {
        network.close();
        assertEquals(served.connection == null, served.closed == null);
    }

    @Test
    @DisplayName("latency delays each direction by itself, and keeps the order")
    void latency() throws Exception {
        Peer peer = connect();
        peer.link().toServer().latency(Duration.ofMillis(100));
        peer.send("slow");
        peer.link().toServer().latency(Duration.ZERO);
        peer.send("behind it");
        network.advance(Duration.ofMillis(99));
        assertEquals(List.of("open"), served.events);
        network.advance(Duration.ofMillis(1));
        assertEquals(List.of("open", "slow at 100", "behind it at 100"), served.events);
        assertEquals(2, peer.waiting().size());
        assertThrows(IllegalArgumentException.class, () -> peer.link().latency(Duration.ofMillis(-1)));
    }

    @Test
    @DisplayName("what is stalled arrives when the link resumes, in order")
    void stall() throws Exception {
        Peer peer = connect();
        peer.link().stall();
        peer.send("one");
        peer.send("two");
        network.advance(Duration.ofSeconds(5));
        assertEquals(List.of("open"), served.events);
        peer.link().resume();
        assertEquals("one", peer.text());
        assertEquals("two", peer.text());
        assertEquals(List.of("open", "one at 5000", "two at 5000"), served.events);
    }

    @Test
    @DisplayName("TX-9: a peer that takes nothing for the write timeout is lost")
    void writeTimeout() throws Exception {
        Peer peer = connect();
        peer.link().toClient().stall();
        served.connection.send(ByteBuffer.allocate(Direction.WINDOW + 1));
        network.advance(Duration.ofMillis(9_999));
        assertEquals(List.of("open"), served.events);
        network.advance(Duration.ofMillis(1).plusNanos(1));
        assertEquals(List.of("open", "close 1006 at 10000"), served.events);
        assertTrue(served.closed.cause().getMessage().startsWith("write timeout"));
    }

    @Test
    @DisplayName("CT-4: a half-open connection is found out by the heartbeat, at both ends")
    void drop() throws Exception {
        Peer peer = connect();
        peer.link().drop();
        peer.link().resume();
        network.advance(Duration.ofSeconds(35).minusNanos(1));
        assertEquals(List.of("open"), served.events);
        network.advance(Duration.ofNanos(1));
        assertEquals(List.of("open", "close 1006 at 35000"), served.events);
        assertEquals(Initiator.TRANSPORT, served.closed.initiator());
        assertEquals(CloseCode.ABNORMAL_CLOSURE, peer.closed().code());
        assertEquals(Duration.ofSeconds(35), network.elapsed());
    }

    @Test
    @DisplayName("CT-4: an idle connection stays for hours, for a ping now and then")
    void idle() throws Exception {
        Peer peer = connect();
        long before = peer.link().toClient().sent();
        network.advance(Duration.ofHours(3));
        assertEquals(List.of("open"), served.events);
        long pings = (peer.link().toClient().sent() - before) / 2;
        assertTrue(pings >= 400 && pings <= 1000, () -> "pings and pongs in three hours: " + pings);
    }

    @Test
    @DisplayName("a reset ends both ends at once: 1006, by the transport")
    void reset() throws Exception {
        Peer peer = connect();
        peer.link().reset();
        assertEquals("connection reset", peer.closed().cause().getMessage());
        assertEquals(List.of("open", "close 1006 at 0"), served.events);
        assertEquals(List.of(), network.links());
    }

    @Test
    @DisplayName("CL-4: a Close that is not answered in time is given up")
    void closeTimeout() throws Exception {
        Peer peer = connect();
        peer.link().toServer().stall();
        served.connection.close();
        network.advance(Duration.ofSeconds(5));
        assertEquals(List.of("open", "close 1006 at 5000"), served.events);
    }

    @Test
    @DisplayName("an abrupt end at each byte of the opening handshake is one failure, and no endpoint hears of it")
    void cutHandshake() throws Exception {
        Server server = start();
        Peer whole = network.connect(server.uri("/"));
        long request = whole.link().toServer().sent();
        long response = whole.link().toClient().sent();
        whole.close();
        served.events.clear();
        for (long k = 0; k < request; k++) {
            long after = k;
            network.onLink(link -> link.toServer().cutAfter(after));
            assertThrows(HandshakeException.class, () -> network.connect(server.uri("/")), () -> "after " + after);
        }
        assertEquals(List.of(), served.events);
        for (long k = 0; k < response; k++) {
            long after = k;
            network.onLink(link -> link.toClient().cutAfter(after));
            assertThrows(HandshakeException.class, () -> network.connect(server.uri("/")), () -> "after " + after);
        }
        network.settle();
        assertEquals(0, server.connections().size());
        assertFalse(served.events.stream().anyMatch(event -> !event.equals("open") && !event.startsWith("close 1006")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 6, 7, 10})
    @DisplayName("an abrupt end at byte k: what came whole before it is delivered, and then one onClose with 1006")
    void cutMessage(int after) throws Exception {
        Peer peer = connect();
        // A frame of a client of 5 bytes: 2 of header, 4 of masking key, the payload.
        peer.link().toServer().cutAfter(11 + after);
        peer.send("whole");
        peer.send("never");
        assertEquals(CloseCode.ABNORMAL_CLOSURE, peer.closed().code());
        network.settle();
        assertEquals(List.of("open", "whole at 0", "close 1006 at 0"), served.events);
    }

    @Test
    @DisplayName("a window holds as much as sockets do, and then the sender waits for the reader")
    void backPressure() throws Exception {
        CompletionStage<Void> sent = connectSlowReader().sendAsync(Message.binary(ByteBuffer.allocate(1_000_000)));
        network.settle();
        assertFalse(sent.toCompletableFuture().isDone());
        assertTrue(network.links().get(0).toClient().sent() <= 3 * Direction.WINDOW);
        served.connection.abort();
        network.settle();
        assertTrue(sent.toCompletableFuture().isCompletedExceptionally());
    }

    private Connection connectSlowReader() throws Exception {
        Peer peer = connect();
        peer.connection().demand(0);
        network.settle();
        return served.connection;
    }

    @Test
    @DisplayName("HS-8: a handshake that trickles is gone after the handshake timeout")
    void trickle() throws Exception {
        Server server = network.start(Ferrule.server()
                .limits(Limits.builder().handshakeTimeout(Duration.ofSeconds(3)).build())
                .route("/", served));
        network.onLink(link -> link.toServer().stall());
        long links = network.links().size();
        network.client(Ferrule.client()).connect(server.uri("/"), new Endpoint() {});
        network.advance(Duration.ofSeconds(2));
        assertEquals(links + 1, network.links().size());
        network.advance(Duration.ofSeconds(9));
        assertEquals(links, network.links().size());
    }
}
