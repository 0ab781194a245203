package dev.ferrule.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendPolicy;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.memory.Network;
import dev.ferrule.memory.Peer;
import dev.ferrule.protocol.CloseCode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MicrometerObserverTest {
    private static final Endpoint ECHO = new Endpoint() {
        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            connection.send(text);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
            connection.send(data);
            return null;
        }
    };

    private final Network network = new Network();
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final MicrometerObserver observer = new MicrometerObserver(registry);

    private Server start(ServerBuilder builder) throws Exception {
        return network.start(builder.route("/", ECHO).observe(observer));
    }

    private RequiredSearch server(String name) {
        return registry.get(name).tag("role", "server");
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    @DisplayName("connections are counted while they are open, and timed by how they ended")
    void connections() throws Exception {
        Server server = start(Ferrule.server());
        Peer first = network.connect(server.uri("/"));
        Peer second = network.connect(server.uri("/"));
        assertEquals(2, server("ferrule.connections").gauge().value());
        clock.add(Duration.ofSeconds(7));
        first.close(CloseCode.of(4321), "");
        second.link().reset();
        network.settle();
        assertEquals(0, server("ferrule.connections").gauge().value());
        assertEquals(
                7,
                server("ferrule.connections.closed")
                        .tags("code", "4xxx", "initiator", "peer")
                        .timer()
                        .totalTime(TimeUnit.SECONDS));
        assertEquals(
                1,
                server("ferrule.connections.closed")
                        .tags("code", "1006", "initiator", "transport")
                        .timer()
                        .count());
    }

    @Test
    @DisplayName("messages are counted with their bytes, by type and direction")
    void messages() throws Exception {
        Peer peer = network.connect(start(Ferrule.server()).uri("/"));
        peer.send("\u20ac");
        peer.send("text");
        peer.send(ByteBuffer.allocate(100));
        network.settle();
        for (String name : new String[] {"ferrule.messages.received", "ferrule.messages.sent"}) {
            assertEquals(2, server(name).tag("type", "text").summary().count());
            assertEquals(7, server(name).tag("type", "text").summary().totalAmount());
            assertEquals(100, server(name).tag("type", "binary").summary().totalAmount());
        }
    }

    @Test
    @DisplayName("queues are gauged, and what finds no room or is dropped is counted")
    void queues() throws Exception {
        Server server = start(Ferrule.server()
                .limits(Limits.builder().queueMessages(3).build())
                .sendPolicy(SendPolicy.dropNewest()));
        Peer peer = network.connect(server.uri("/"));
        Connection connection = server.connections().iterator().next();
        peer.link().toClient().stall();
        for (int i = 0; i < 5; i++) {
            connection.trySend(Message.binary(ByteBuffer.allocate(100_000)));
        }
        assertEquals(3, server("ferrule.queue.messages").gauge().value());
        assertEquals(300_000, server("ferrule.queue.bytes").gauge().value());
        assertEquals(2, server("ferrule.queue.full").counter().count());
        assertEquals(200_000, server("ferrule.messages.dropped").summary().totalAmount());
    }

    @Test
    @DisplayName("a Ping and its Pong are timed")
    void pings() throws Exception {
        Server server = start(Ferrule.server());
        Peer peer = network.connect(server.uri("/"));
        peer.link().toClient().latency(Duration.ofMillis(30));
        network.await(server.connections().iterator().next().ping(ByteBuffer.allocate(0)));
        assertEquals(30, server("ferrule.ping").timer().totalTime(TimeUnit.MILLISECONDS));
    }

    @Test
    @DisplayName("a client counts by its own role, and refused handshakes on both sides")
    void client() throws Exception {
        Server server = start(Ferrule.server().route("/no", request -> HandshakeDecision.reject(418, "")));
        var client = network.client(Ferrule.client().observe(observer));
        network.await(client.connect(server.uri("/"), ECHO));
        assertEquals(
                1,
                registry.get("ferrule.connections")
                        .tag("role", "client")
                        .gauge()
                        .value());
        var refused = client.connect(server.uri("/no"), ECHO);
        Throwable failure = assertThrows(RuntimeException.class, () -> network.await(refused))
                .getCause();
        assertTrue(failure instanceof HandshakeException);
        assertEquals(
                1,
                server("ferrule.handshakes.refused")
                        .tag("status", "4xx")
                        .counter()
                        .count());
        assertEquals(
                1,
                registry.get("ferrule.handshakes.refused")
                        .tags("role", "client", "status", "4xx")
                        .counter()
                        .count());
    }

    @Test
    @DisplayName("no tag has a value that a peer chooses, whatever it closes with")
    void cardinality() throws Exception {
        Server server = network.start(
                Ferrule.server().route("/", ECHO).observe(new MicrometerObserver(registry, Tags.of("server", "chat"))));
        for (int code = 3000; code < 5000; code += 7) {
            network.connect(server.uri("/")).close(CloseCode.of(code), "reason " + code);
        }
        Set<String> values = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            values.addAll(meter.getId().getTags().stream().map(Tag::getValue).collect(Collectors.toSet()));
        }
        assertEquals(Set.of("server", "client", "chat", "text", "binary", "3xxx", "4xxx", "peer"), values);
    }
}
