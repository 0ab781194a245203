package dev.ferrule.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Server;
import dev.ferrule.Server.StopReport;
import dev.ferrule.protocol.CloseCode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Endpoint SHOUT =
            Endpoint.onText((connection, text) -> connection.send(text.toUpperCase(Locale.ROOT)));

    private final Network network = new Network();

    private Server serve(Endpoint endpoint) throws Exception {
        return network.start(Ferrule.server().route("/", endpoint));
    }

    @AfterEach
    void noVirtualSecondWasReal() {
        network.close();
        assertEquals(List.of(), network.links());
    }

    @Test
    @DisplayName("a test of one's own endpoint is a few lines")
    void fewLines() throws Exception {
        Server server = serve(SHOUT);
        Peer peer = network.connect(server.uri("/"));
        peer.send("hello");
        assertEquals("HELLO", peer.text());
        assertEquals("1000 NORMAL_CLOSURE by LOCAL, clean", peer.close().toString());
        assertEquals(Duration.ZERO, network.elapsed());
    }

    @Test
    @DisplayName("nothing happens before time passes")
    void nothingHappensByItself() throws Exception {
        Server server = serve(SHOUT);
        Peer peer = network.connect(server.uri("/"));
        peer.send("hello");
        assertEquals(List.of(), peer.waiting());
        network.settle();
        assertEquals(1, peer.waiting().size());
        assertEquals("HELLO", peer.text());
    }

    @Test
    @DisplayName("waiting for what doesn't come fails after a virtual minute, and says what there was instead")
    void nothingComes() throws Exception {
        Server server = serve(SHOUT);
        Peer peer = network.connect(server.uri("/"));
        AssertionError nothing = assertThrows(AssertionError.class, peer::text);
        assertEquals("no message has come, after PT1M of virtual time", nothing.getMessage());
        peer.send("text");
        AssertionError text = assertThrows(AssertionError.class, peer::binary);
        assertEquals("the text 'TEXT' came, and not a binary message", text.getMessage());
        peer.send(ByteBuffer.allocate(1));
        AssertionError closed = assertThrows(AssertionError.class, peer::text);
        assertTrue(closed.getMessage().contains("1003 UNSUPPORTED_DATA by PEER"), closed.getMessage());
    }

    @Test
    @DisplayName("a refused handshake throws what a client's application gets")
    void refused() throws Exception {
        Server server = serve(SHOUT);
        HandshakeException refused =
                assertThrows(HandshakeException.class, () -> network.connect(server.uri("/other")));
        assertEquals(404, refused.status());
        assertEquals("nothing here\n", new String(refused.body(), java.nio.charset.StandardCharsets.UTF_8));
        URI nowhere = URI.create("ws://127.0.0.1:1/");
        HandshakeException nobody = assertThrows(HandshakeException.class, () -> network.connect(nowhere));
        assertTrue(nobody.getMessage().contains("127.0.0.1:1 refused"), nobody.getMessage());
    }

    @Test
    @DisplayName("a client endpoint is tested against a peer on a route")
    void clientEndpoint() throws Exception {
        Peer peer = network.peer();
        Server server = serve(peer);
        CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
        Client client = network.client(Ferrule.client());
        client.connect(server.uri("/"), new Endpoint() {
                    @Override
                    public void onOpen(Connection connection) {
                        connection.send("subscribe");
                    }

                    @Override
                    public void onClose(Connection connection, CloseEvent event) {
                        closed.complete(event);
                    }
                })
                .toCompletableFuture()
                .join();
        assertEquals("subscribe", peer.text());
        assertTrue(peer.link().toServer().sent() > peer.link().toClient().sent());
        peer.close(CloseCode.SERVICE_RESTART, "soon back");
        assertEquals(
                "1012 SERVICE_RESTART by PEER, clean, reason 'soon back'",
                closed.join().toString());
    }

    @Test
    @DisplayName("waiting for the stages of a client and a server lets time pass")
    void stages() throws Exception {
        network.onLink(link -> link.latency(Duration.ofSeconds(1)));
        Server server = serve(SHOUT);
        Client client = network.client(Ferrule.client());
        Peer peer = network.peer();
        Connection connection = client.connect(server.uri("/"), peer)
                .thenApply(opened -> opened)
                .toCompletableFuture()
                .get(3, TimeUnit.SECONDS);
        assertEquals(Duration.ofSeconds(2), network.elapsed());
        assertEquals(Duration.ofSeconds(2), network.await(connection.ping(ByteBuffer.allocate(0))));
        assertEquals(
                new StopReport(1, 0),
                server.stop(Duration.ofSeconds(5)).toCompletableFuture().get());
        assertEquals(CloseCode.GOING_AWAY, peer.closed().code());
    }

    @Test
    @DisplayName("hosts are names; wss reaches a server with a certificate and no other")
    void names() throws Exception {
        Server server = network.start(Ferrule.server()
                .listen("api.example", 443)
                .tls(dev.ferrule.testkit.wire.Tls.serving())
                .route("/", SHOUT));
        assertEquals(URI.create("wss://api.example:443/"), server.uri("/"));
        Peer peer = network.connect(URI.create("wss://api.example/"));
        assertTrue(server.connections().iterator().next().request().secure());
        peer.send("a");
        assertEquals("A", peer.text());
        URI plain = URI.create("ws://api.example:443/");
        assertThrows(HandshakeException.class, () -> network.connect(plain));
    }

    @Test
    @DisplayName("a callback that waits for its own network is told that it can't")
    void waitingInside() throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        Server server = serve(Endpoint.onText((connection, text) -> {
            try {
                network.settle();
            } catch (IllegalStateException e) {
                said.complete(e.getMessage());
            }
        }));
        network.connect(server.uri("/")).send("go");
        assertTrue(network.await(said).startsWith("time can't pass inside of a callback"), said.join());
    }

    @Test
    @DisplayName("two endpoints that answer each other for ever are found out")
    void endless() throws Exception {
        Server server = serve(SHOUT);
        Client client = network.client(Ferrule.client());
        Connection connection = network.await(client.connect(server.uri("/"), SHOUT));
        connection.send("ping pong");
        IllegalStateException endless = assertThrows(IllegalStateException.class, network::settle);
        assertTrue(endless.getMessage().contains("do two endpoints answer each other for ever?"));
        connection.abort();
    }
}
