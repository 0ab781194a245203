package dev.ferrule.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.ResponseSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Opening handshakes of the JDK client against raw sockets. */
class OpeningHandshakeTest {
    private final Client client = client(Duration.ofSeconds(10));
    private Peer peer;

    private static Client client(Duration timeout) {
        return Ferrule.client()
                .adapter("jdk")
                .allowPlaintext()
                .limits(Limits.builder().handshakeTimeout(timeout).build())
                .build();
    }

    @BeforeEach
    void open() throws IOException {
        peer = new Peer();
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        client.close();
    }

    private CompletableFuture<Connection> connect(ConnectRequest request) {
        return client.connect(request, new Recording()).toCompletableFuture();
    }

    private static HandshakeException failure(CompletableFuture<Connection> connected) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> connected.get(10, TimeUnit.SECONDS));
        return assertInstanceOf(HandshakeException.class, e.getCause());
    }

    @Test
    void asksAsItWasTold() throws Exception {
        CompletableFuture<Connection> connected = connect(ConnectRequest.to(peer.uri())
                .subprotocols("v2.chat", "v1.chat")
                .header("Origin", "https://example.com")
                .header("Authorization", "Bearer x")
                .header("X-Twice", "1")
                .header("X-Twice", "2"));
        HttpHead head = peer.request();
        assertEquals("GET /echo?a=b%20c HTTP/1.1", head.startLine());
        assertEquals(List.of("v2.chat, v1.chat"), head.fields().all("Sec-WebSocket-Protocol"));
        assertEquals(List.of("https://example.com"), head.fields().all("Origin"));
        assertEquals(List.of("Bearer x"), head.fields().all("Authorization"));
        assertEquals(List.of("1", "2"), head.fields().all("X-Twice"));
        assertEquals(List.of(peer.uri().getAuthority()), head.fields().all("Host"));
        peer.respond(ResponseSpec.CORRECT.with("Sec-WebSocket-Protocol", "v1.chat"));
        assertEquals("v1.chat", connected.get(10, TimeUnit.SECONDS).subprotocol());
    }

    @Test
    void aUriWithoutAPathAsksForTheRoot() throws Exception {
        URI uri = peer.uri();
        CompletableFuture<Connection> connected =
                connect(ConnectRequest.to(URI.create("ws://" + uri.getAuthority() + "?x=1")));
        assertEquals("GET /?x=1 HTTP/1.1", peer.request().startLine());
        peer.respond(ResponseSpec.CORRECT);
        assertNull(connected.get(10, TimeUnit.SECONDS).subprotocol());
    }

    @Test
    void aRefusalTellsStatusHeadersAndBody() throws Exception {
        CompletableFuture<Connection> connected = connect(ConnectRequest.to(peer.uri()));
        peer.request();
        peer.respond(ResponseSpec.status("401 Unauthorized").with("WWW-Authenticate", "Basic realm=x"));
        HandshakeException failure = failure(connected);
        assertEquals(401, failure.status());
        assertEquals("Basic realm=x", failure.headers().first("WWW-Authenticate"));
        assertEquals("no\n", new String(failure.body(), StandardCharsets.UTF_8));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        CompletableFuture<Connection> connected = connect(ConnectRequest.to(peer.uri()));
        peer.request();
        peer.respond(
                ResponseSpec.status("302 Found").with("Location", peer.uri().toString()));
        assertEquals(302, failure(connected).status());
    }

    @Test
    void aWrongResponseSaysWhatIsWrong() throws Exception {
        CompletableFuture<Connection> connected = connect(ConnectRequest.to(peer.uri()));
        peer.request();
        peer.respond(ResponseSpec.CORRECT.with("Sec-WebSocket-Accept", "{accept-lower}"));
        HandshakeException failure = failure(connected);
        assertEquals(
                "the opening handshake failed: response is not valid: Bad Sec-WebSocket-Accept (RFC 6455 section 4.1)",
                failure.getMessage());
        assertEquals(0, failure.status());
    }

    @Test
    void anUnknownHostIsNamed() {
        assertEquals(
                "the opening handshake failed: unknown host no.such.host.invalid",
                failure(connect(ConnectRequest.to(URI.create("ws://no.such.host.invalid/"))))
                        .getMessage());
    }

    @Test
    void aRefusedConnectionIsNamed() throws Exception {
        // Bound, so that nobody else gets the port, and not listening.
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = socket.getLocalPort();
            assertEquals(
                    "the opening handshake failed: connection to 127.0.0.1:" + port + " refused",
                    failure(connect(ConnectRequest.to(URI.create("ws://127.0.0.1:" + port))))
                            .getMessage());
        }
    }

    @Test
    void anEndInsteadOfAResponseIsAFailure() throws Exception {
        CompletableFuture<Connection> connected = connect(ConnectRequest.to(peer.uri()));
        peer.request();
        // After no byte at all, the JDK would try once more.
        peer.wire().send(Bytes.latin1("HTTP/1.1 1"));
        peer.wire().close();
        assertEquals(0, failure(connected).status());
    }

    @Test
    void headersThatWouldBeGarbledAreRefused() {
        assertTrue(failure(connect(ConnectRequest.to(peer.uri()).header("X-Name", "Jürgen")))
                .getMessage()
                .contains("X-Name is not ASCII"));
    }

    @Test
    void aUntrustedCertificateIsRefused() throws Exception {
        try (Peer secure = new Peer(true)) {
            CompletableFuture<Connection> connected = connect(ConnectRequest.to(secure.uri()));
            assertThrows(IOException.class, secure::request);
            String message = failure(connected).getMessage();
            assertTrue(message.contains("TLS with 127.0.0.1:" + secure.uri().getPort() + " failed"), message);
        }
    }

    @Test
    void aSilentServerIsGivenUpAndDropped() throws Exception {
        gone("");
    }

    @Test
    void aDrippingResponseIsGivenUpAndDropped() throws Exception {
        gone("HTTP/1.1 101 Switching Protocols\r\nX: ");
    }

    @Test
    void anEndlessBodyIsGivenUpAndDropped() throws Exception {
        gone("HTTP/1.1 200 OK\r\n\r\nbody");
    }

    private void gone(String begun) throws Exception {
        try (Client hasty = client(Duration.ofMillis(500))) {
            CompletableFuture<Connection> connected = hasty.connect(ConnectRequest.to(peer.uri()), new Recording())
                    .toCompletableFuture();
            peer.request();
            peer.wire().send(Bytes.latin1(begun));
            HandshakeException failure = failure(connected);
            assertTrue(failure.getMessage().contains("timeout"), failure.getMessage());
            Arrival arrival = peer.wire().await(Deadline.in(Duration.ofSeconds(5)));
            assertTrue(arrival instanceof Arrival.End, arrival.toString());
        }
    }

    @Test
    void anEndlessHeaderIsRefused() throws Exception {
        CompletableFuture<Connection> connected = connect(ConnectRequest.to(peer.uri()));
        peer.request();
        peer.wire().send(Bytes.latin1("HTTP/1.1 101 Switching Protocols\r\n"));
        peer.wire().send(Bytes.latin1(("X-Filler: " + "x".repeat(1000) + "\r\n").repeat(1000)));
        HandshakeException failure = failure(connected);
        assertTrue(failure.getMessage().contains("Header size too big"), failure.getMessage());
    }

    @Test
    void aClosedClientFailsWhatItHadBegun() throws Exception {
        CompletableFuture<Connection> begun = connect(ConnectRequest.to(peer.uri()));
        peer.request();
        client.close();
        assertEquals(
                "the opening handshake failed: the opening handshake was abandoned",
                failure(begun).getMessage());
        assertInstanceOf(Arrival.End.class, peer.wire().await(Deadline.in(Duration.ofSeconds(5))));
        assertEquals(
                "the opening handshake failed: the client is closed",
                failure(connect(ConnectRequest.to(peer.uri()))).getMessage());
    }
}
