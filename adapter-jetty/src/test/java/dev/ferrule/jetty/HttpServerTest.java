package dev.ferrule.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.HttpHook;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.testkit.wire.Tls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
    private static final int LARGE = 16 << 20;
    private static final Endpoint ECHO = Endpoint.onText((connection, text) -> connection.send(text));

    private static ServerBuilder builder() {
        return Ferrule.server().adapter("jetty").listen("127.0.0.1", 0);
    }

    private static Server echo(boolean inline, boolean tls) throws IOException {
        ServerBuilder builder = builder().route("/echo", ECHO);
        if (inline) {
            builder.inline();
        }
        return (tls ? builder.tls(Tls.serving()) : builder).start();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFrameInTheSegmentOfTheHandshakeIsAnswered(boolean inline) throws IOException {
        try (Server server = echo(inline, false);
                Wire wire = Wire.to(server.port())) {
            byte[] head = Wire.handshake("/echo").getBytes(StandardCharsets.US_ASCII);
            byte[] early = Wire.text("early");
            wire.write(ByteBuffer.allocate(head.length + early.length)
                    .put(head)
                    .put(early)
                    .array());
            assertEquals(
                    List.of(
                            "HTTP/1.1 101 Switching Protocols",
                            "Upgrade: websocket",
                            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                            "Connection: Upgrade",
                            ""),
                    wire.head().lines().toList());
            assertEquals("early", wire.nextText());
            assertEquals("late", wire.write(Wire.text("late")).nextText());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void echoesOverTlsAndSaysGoodbye(boolean inline) throws IOException {
        try (Server server = echo(inline, true);
                Wire wire = Wire.to(server.port(), Tls.trustingAll()).open("/echo")) {
            for (int i = 0; i < 100; i++) {
                assertEquals("m" + i, wire.write(Wire.text("m" + i)).nextText());
            }
            wire.write(Wire.frame(0x88, new byte[] {3, (byte) 0xE8}));
            assertArrayEquals(new byte[] {3, (byte) 0xE8}, wire.next(0x88));
            assertEquals("", wire.rest());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "plain inline", "tls", "tls inline"})
    void aSlowReaderGetsALargeMessageWhole(String kind) throws IOException, InterruptedException {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        ServerBuilder builder = builder()
                .limits(Limits.builder().queueBytes(2L * LARGE).build())
                .route("/large", Endpoint.onText((connection, text) -> {
                    connection.send(ByteBuffer.wrap(large));
                    connection.send("end");
                }));
        if (kind.endsWith("inline")) {
            builder.inline();
        }
        boolean tls = kind.startsWith("tls");
        try (Server server = (tls ? builder.tls(Tls.serving()) : builder).start();
                Wire wire = (tls ? Wire.to(server.port(), Tls.trustingAll()) : Wire.to(server.port()))) {
            wire.open("/large").write(Wire.text("go"));
            byte[] received = new byte[LARGE];
            assertEquals(0x82, wire.in.readUnsignedByte());
            assertEquals(127, wire.in.readUnsignedByte());
            assertEquals(LARGE, wire.in.readLong());
            for (int at = 0; at < LARGE; ) {
                int n = Math.min(LARGE - at, 100_000 + at / 4);
                wire.in.readFully(received, at, n);
                at += n;
                Thread.sleep(2);
            }
            assertArrayEquals(large, received);
            assertEquals("end", wire.nextText());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLastBytesBeforeACloseArriveThoughTheReaderWasSlow(boolean tls) throws IOException, InterruptedException {
        byte[] large = new byte[4 << 20];
        ServerBuilder builder = builder()
                .limits(Limits.builder().queueBytes(2L * LARGE).build())
                .route("/close", Endpoint.onText((connection, text) -> {
                    connection.send(ByteBuffer.wrap(large));
                    connection.close(dev.ferrule.protocol.CloseCode.GOING_AWAY, "so long");
                }));
        try (Server server = (tls ? builder.tls(Tls.serving()) : builder).start();
                Wire wire = (tls ? Wire.to(server.port(), Tls.trustingAll()) : Wire.to(server.port()))) {
            wire.open("/close").write(Wire.text("go"));
            Thread.sleep(300);
            // Answered before it comes: both Close frames are exchanged as soon as the server's has left.
            wire.write(Wire.frame(0x88, new byte[] {3, (byte) 0xE9}));
            assertEquals(large.length, wire.next(0x82).length);
            assertEquals("so long", new String(wire.next(0x88), 2, 7, StandardCharsets.UTF_8));
            assertEquals("", wire.rest());
        }
    }

    @Test
    void aHandshakeThatTricklesIsDropped() throws IOException, InterruptedException {
        Limits limits = Limits.builder().handshakeTimeout(Duration.ofSeconds(1)).build();
        try (Server server = builder().route("/echo", ECHO).limits(limits).start();
                Wire silent = Wire.to(server.port());
                Wire trickling = Wire.to(server.port());
                Wire open = Wire.to(server.port()).open("/echo")) {
            long start = System.nanoTime();
            trickling.write("GET /echo HTTP/1.1\r\nX: ");
            boolean dropped = false;
            while (!dropped && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20)) {
                Thread.sleep(20);
                try {
                    trickling.write("x");
                } catch (IOException e) {
                    dropped = true;
                }
            }
            assertTrue(dropped);
            assertEquals("", silent.rest());
            assertEquals("still here", open.write(Wire.text("still here")).nextText());
        }
    }

    @Test
    void aTlsHandshakeThatStaysSilentIsDropped() throws IOException {
        Limits limits =
                Limits.builder().handshakeTimeout(Duration.ofMillis(300)).build();
        try (Server server = builder()
                        .route("/echo", ECHO)
                        .limits(limits)
                        .tls(Tls.serving())
                        .start();
                Wire silent = Wire.to(server.port())) {
            silent.in.readAllBytes();
        }
    }

    @Test
    void aDecisionOfAnotherThreadIsFollowed() throws IOException {
        try (Server server = builder()
                        .route(
                                "/later",
                                request -> HandshakeDecision.later(CompletableFuture.supplyAsync(
                                        () -> HandshakeDecision.accept(ECHO),
                                        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS))))
                        .route("/never", request -> HandshakeDecision.reject(403, "no"))
                        .start();
                Wire later = Wire.to(server.port());
                Wire never = Wire.to(server.port())) {
            later.write(Wire.handshake("/later")).write(Wire.text("early"));
            assertTrue(later.head().startsWith("HTTP/1.1 101 "));
            assertEquals("early", later.nextText());
            never.write(Wire.handshake("/never")).write(Wire.text("ignored"));
            assertTrue(never.head().startsWith("HTTP/1.1 403 "));
            assertTrue(never.rest().startsWith("no"));
        }
    }

    @Test
    void aPlainRequestIsAnsweredAndTheConnectionEnds() throws IOException {
        HttpHook hook = (method, path) -> path.equals("/")
                ? HttpHook.Response.ok("text/plain", "hello".getBytes(StandardCharsets.US_ASCII))
                : null;
        try (Server server = builder().route("/echo", ECHO).http(hook).start()) {
            String request = " HTTP/1.1\r\nHost: x\r\n\r\n";
            assertEquals(
                    List.of(
                            "HTTP/1.1 200 OK",
                            "Content-Type: text/plain",
                            "Content-Length: 5",
                            "Connection: close",
                            "",
                            "hello"),
                    answer(server, "GET /" + request + "GET /" + request)
                            .lines()
                            .toList());
            assertTrue(answer(server, "HEAD /" + request).endsWith("Content-Length: 5\r\nConnection: close\r\n\r\n"));
            assertTrue(answer(server, "GET /none" + request).startsWith("HTTP/1.1 404 "));
            String upgrade = answer(server, "GET /echo" + request);
            assertTrue(upgrade.startsWith("HTTP/1.1 426 "), upgrade);
            assertTrue(upgrade.contains("Connection: Upgrade,close\r\n"), upgrade);
        }
    }

    @Test
    void whatIsNoHttpGetsAShortAnswer() throws IOException {
        try (Server server = builder().route("/echo", ECHO).start()) {
            String bad = answer(server, "no http at all\r\n\r\n");
            assertTrue(bad.startsWith("HTTP/1.1 400 "), bad);
            assertTrue(bad.endsWith("\r\n\r\nBad Request\n"), bad);
            assertFalse(bad.toLowerCase(java.util.Locale.ROOT).contains("jetty"), bad);
            assertStatus(400, server, "GET /echo HTTP/1.1\nHost: x\n\n");
            assertStatus(400, server, "GET /echo HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n");
            assertStatus(431, server, "GET /echo HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
            assertStatus(431, server, "GET /echo HTTP/1.1\r\nHost: x\r\n" + "X: y\r\n".repeat(100) + "\r\n");
        }
    }

    @Test
    void targetsReachCoreAsTheyWere() throws IOException {
        try (Server server =
                builder().route("/echo", ECHO).route("/a%2Fb/../c;d//", ECHO).start()) {
            assertStatus(101, server, Wire.handshake("/echo?a=b%20c"));
            assertStatus(101, server, Wire.handshake("/a%2Fb/../c;d//"));
            assertStatus(101, server, Wire.handshake("http://127.0.0.1/echo"));
            assertStatus(101, server, Wire.handshake("http://elsewhere.example:1/echo?q"));
            assertStatus(404, server, Wire.handshake("/a/../echo"));
            assertStatus(404, server, Wire.handshake("/%65cho"));
            assertStatus(404, server, Wire.handshake("//echo"));
            assertStatus(404, server, Wire.handshake("/echo#fragment"));
            assertStatus(400, server, Wire.handshake("*"));
            assertStatus(505, server, Wire.handshake("/echo").replace("HTTP/1.1", "HTTP/1.0"));
        }
    }

    private static void assertStatus(int status, Server server, String request) throws IOException {
        try (Wire wire = Wire.to(server.port())) {
            String head = wire.write(request).head();
            assertEquals("HTTP/1.1 " + status, head.substring(0, 12), request);
        }
    }

    private static String answer(Server server, String request) throws IOException {
        try (Wire wire = Wire.to(server.port())) {
            return wire.write(request).rest();
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (Server server = echo(false, false)) {
            IOException e = assertThrows(
                    IOException.class,
                    () -> Ferrule.server()
                            .adapter("jetty")
                            .listen("127.0.0.1", server.port())
                            .route("/echo", ECHO)
                            .start());
            assertEquals("port " + server.port() + " on 127.0.0.1 is in use", e.getMessage());
        }
        IOException unknown = assertThrows(
                IOException.class,
                () -> Ferrule.server()
                        .adapter("jetty")
                        .listen("no.such.host.invalid", 0)
                        .route("/echo", ECHO)
                        .start());
        assertEquals("can't listen on no.such.host.invalid: the host is unknown", unknown.getMessage());
    }

    @Test
    void livesBesideAnotherHandler() throws Exception {
        FerruleHandler ferrule =
                new FerruleHandler(Ferrule.server().route("/echo", ECHO).options(), new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        response.write(true, ByteBuffer.wrap("theirs".getBytes(StandardCharsets.US_ASCII)), callback);
                        return true;
                    }
                });
        org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setPort(0);
        jetty.addConnector(connector);
        jetty.setHandler(ferrule);
        jetty.start();
        try (Wire theirs = Wire.to(connector.getLocalPort());
                Wire ours = Wire.to(connector.getLocalPort()).open("/echo")) {
            theirs.write("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertTrue(theirs.rest().endsWith("theirs"));
            assertEquals("ours", ours.write(Wire.text("ours")).nextText());
            assertEquals(1, ferrule.connections().size());
            CompletableFuture<Server.StopReport> stopped =
                    ferrule.stop(Duration.ofSeconds(5)).toCompletableFuture();
            byte[] close = ours.next(0x88);
            assertArrayEquals(new byte[] {3, (byte) 0xE9}, new byte[] {close[0], close[1]});
            ours.write(Wire.frame(0x88, new byte[] {3, (byte) 0xE9}));
            assertEquals(new Server.StopReport(1, 0), stopped.get(5, TimeUnit.SECONDS));
        } finally {
            jetty.stop();
        }
    }

    @Test
    void connectionsEndWithTheJettyTheyLiveIn() throws Exception {
        CompletableFuture<dev.ferrule.CloseEvent> closed = new CompletableFuture<>();
        FerruleHandler ferrule = new FerruleHandler(Ferrule.server()
                .route("/echo", new Endpoint() {
                    @Override
                    public void onClose(dev.ferrule.Connection connection, dev.ferrule.CloseEvent event) {
                        closed.complete(event);
                    }
                })
                .options());
        org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
        ServerConnector connector = new ServerConnector(jetty);
        jetty.addConnector(connector);
        jetty.setHandler(ferrule);
        jetty.start();
        try (Wire wire = Wire.to(connector.getLocalPort()).open("/echo")) {
            assertArrayEquals(
                    new byte[0], wire.write(Wire.frame(0x89, new byte[0])).next(0x8A));
            jetty.stop();
            assertEquals("", wire.rest());
            assertEquals(1006, closed.get(5, TimeUnit.SECONDS).code().value());
        }
    }
}
