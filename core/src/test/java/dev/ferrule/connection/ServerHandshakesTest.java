package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Acceptor;
import dev.ferrule.Callbacks;
import dev.ferrule.Deflate;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.HttpHook;
import dev.ferrule.Limits;
import dev.ferrule.SendPolicy;
import dev.ferrule.ServerOptions;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OriginRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HS-1 to HS-4, HS-8: what core answers to requests. */
class ServerHandshakesTest {
    @RegisterExtension
    final Log log = new Log();

    private final ManualExecutor executor = new ManualExecutor();
    private Limits limits = Limits.DEFAULTS;
    private @Nullable Deflate deflate;
    private HttpHook http = (method, path) -> null;

    private ServerHandshakes handshakes(Acceptor acceptor) {
        return new ServerHandshakes(
                new ServerOptions(
                        Map.of("/ws", acceptor),
                        OriginRule.sameOrigin(),
                        limits,
                        Callbacks.BLOCKING,
                        SendPolicy.fail(),
                        null,
                        deflate),
                http,
                executor.clock);
    }

    private ScriptedExchange handle(Acceptor acceptor, String target, String... fields) {
        ServerHandshakes handshakes = handshakes(acceptor);
        ScriptedExchange exchange = new ScriptedExchange(executor, true, target, fields);
        handshakes.handle(exchange);
        return exchange;
    }

    private static HandshakeDecision accept(HandshakeRequest request) {
        return HandshakeDecision.accept(new Recorder());
    }

    @Test
    @DisplayName("HS-1: a valid request is answered with 101 and the Accept of the RFC's example")
    void accepted() {
        ScriptedExchange exchange = handle(ServerHandshakesTest::accept, "/ws?a=b");
        assertEquals(101, exchange.status);
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", exchange.headers.first("Sec-WebSocket-Accept"));
        assertNull(exchange.headers.first("Sec-WebSocket-Protocol"));
        exchange.bind();
        assertEquals("/ws", exchange.connection.request().path());
        assertEquals("a=b", exchange.connection.request().query());
    }

    @Test
    @DisplayName("6455-4.2.2-4: another path is 404, or what the hook for plain HTTP says")
    void otherPath() {
        assertEquals(404, handle(ServerHandshakesTest::accept, "/").status);
        assertEquals(404, handle(ServerHandshakesTest::accept, "/ws/").status);
        http = (method, path) -> path.equals("/health") ? HttpHook.Response.ok("text/plain", Wire.utf8("fine")) : null;
        ScriptedExchange health = handle(ServerHandshakesTest::accept, "/health");
        assertEquals(200, health.status);
        assertEquals("fine", health.body);
        http = (method, path) -> {
            throw new IllegalStateException("secret");
        };
        ScriptedExchange broken = handle(ServerHandshakesTest::accept, "/");
        assertEquals(500, broken.status);
        assertFalse(broken.body.contains("secret"));
    }

    @Test
    @DisplayName("HS-1: another version is 426 with the one that is supported")
    void version() {
        ScriptedExchange exchange = handle(ServerHandshakesTest::accept, "/ws", "Sec-WebSocket-Version", "8");
        assertEquals(426, exchange.status);
        assertEquals("13", exchange.headers.first("Sec-WebSocket-Version"));
    }

    @Test
    @DisplayName("HS-2: another origin is 403, and no acceptor hears of it")
    void origin() {
        List<String> asked = new ArrayList<>();
        Acceptor acceptor = request -> {
            asked.add(request.origin());
            return accept(request);
        };
        assertEquals(403, handle(acceptor, "/ws", "Origin", "http://evil.example").status);
        assertEquals(List.of(), asked);
        assertEquals(101, handle(acceptor, "/ws", "Origin", "http://example.com").status);
        assertEquals(List.of("http://example.com"), asked);
    }

    @Test
    @DisplayName("HS-3: an acceptor sees the request, and rejects with any status, headers and body")
    void rejected() {
        ScriptedExchange exchange = handle(
                request -> HandshakeDecision.reject(
                                401,
                                "who are you, " + request.cookies() + request.remoteAddress()
                                        + request.principal().getName() + "?")
                        .header("WWW-Authenticate", "Basic"),
                "/ws",
                "Cookie",
                "a=b; c=\"d\"");
        assertEquals(401, exchange.status);
        assertEquals("Basic", exchange.headers.first("WWW-Authenticate"));
        assertTrue(exchange.body.startsWith("who are you, {a=b, c=d}peer.example"), exchange.body);
        assertTrue(exchange.body.endsWith("somebody?"), exchange.body);
    }

    @Test
    @DisplayName("HS-3: an acceptor decides later")
    void later() {
        CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
        ScriptedExchange accepted = handle(request -> HandshakeDecision.later(decision), "/ws");
        ScriptedExchange rejected = handle(
                request -> HandshakeDecision.later(decision.thenApply(d -> HandshakeDecision.reject(404, ""))), "/ws");
        assertEquals(0, accepted.status);
        decision.complete(HandshakeDecision.accept(new Recorder()));
        assertEquals(101, accepted.status);
        assertEquals(404, rejected.status);
    }

    @Test
    @DisplayName("HS-3, HS-8: a decision that takes too long is 503, and one after that changes nothing")
    void tooLate() {
        limits = Limits.builder()
                .handshakeTimeout(Duration.ofMillis(20))
                .connections(1)
                .build();
        CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
        ScriptedExchange exchange = handle(request -> HandshakeDecision.later(decision), "/ws");
        executor.runUntil(() -> exchange.status != 0);
        assertEquals(503, exchange.status);
        assertEquals("5", exchange.headers.first("Retry-After"));
        decision.complete(HandshakeDecision.accept(new Recorder()));
        assertNull(exchange.opening);
    }

    @Test
    @DisplayName("HS-8: each of many decisions has its own time, and one timer is enough for all")
    void tooLateEach() {
        limits = Limits.builder().handshakeTimeout(Duration.ofSeconds(1)).build();
        ServerHandshakes handshakes = handshakes(request -> HandshakeDecision.later(new CompletableFuture<>()));
        List<ScriptedExchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            exchanges.add(new ScriptedExchange(executor, true, "/ws"));
            handshakes.handle(exchanges.get(i));
            executor.clock.advance(Duration.ofMillis(300));
            assertEquals(1, executor.clock.waiting());
        }
        // The first began 1500 ms ago, the last 300.
        assertEquals(
                List.of(503, 503, 0, 0, 0),
                exchanges.stream().map(e -> e.status).toList());
        executor.clock.advance(Duration.ofMillis(99));
        assertEquals(0, exchanges.get(2).status);
        executor.clock.advance(Duration.ofMillis(1));
        assertEquals(
                List.of(503, 503, 503, 0, 0),
                exchanges.stream().map(e -> e.status).toList());
        executor.clock.advance(Duration.ofMillis(600));
        assertEquals(
                List.of(503, 503, 503, 503, 503),
                exchanges.stream().map(e -> e.status).toList());
        assertEquals(0, executor.clock.waiting());
        // And again, after a while without any.
        ScriptedExchange another = new ScriptedExchange(executor, true, "/ws");
        handshakes.handle(another);
        executor.clock.advance(Duration.ofMillis(999));
        assertEquals(0, another.status);
        executor.clock.advance(Duration.ofMillis(1));
        assertEquals(503, another.status);
    }

    static Stream<Acceptor> broken() {
        return Stream.of(
                request -> {
                    throw new IllegalStateException("secret");
                },
                request -> {
                    throw new AssertionError("secret");
                },
                request -> HandshakeDecision.later(CompletableFuture.failedFuture(new IllegalStateException("secret"))),
                request -> null,
                request -> HandshakeDecision.later(CompletableFuture.completedFuture(null)),
                request -> HandshakeDecision.accept(new Recorder()).header("Upgrade", "secret"),
                request -> new HandshakeDecision.Accept(new Recorder(), "secret", Headers.empty(), null));
    }

    @ParameterizedTest
    @MethodSource("broken")
    @DisplayName("HS-3: an acceptor that throws, fails or decides nonsense is 500, without its text")
    void brokenAcceptor(Acceptor acceptor) {
        ScriptedExchange exchange = handle(acceptor, "/ws");
        assertEquals(500, exchange.status);
        assertFalse(exchange.body.contains("secret"));
    }

    @Test
    @DisplayName("HS-4: a subprotocol is one of those offered, exactly as spelled")
    void subprotocol() {
        ScriptedExchange exchange = handle(
                request -> HandshakeDecision.accept(new Recorder()).subprotocol(List.of("B", "c"), request),
                "/ws",
                "Sec-WebSocket-Protocol",
                "a, b, c");
        assertEquals("c", exchange.headers.first("Sec-WebSocket-Protocol"));
        assertEquals("c", exchange.bind().connection.subprotocol());
    }

    @Test
    @DisplayName(
            "7692-5-1, 7692-7-1: the first offer in order is answered, what is wrong is declined, and never echoed")
    void extensions() {
        String offers = "permessage-deflate; foo, permessage-deflate; server_max_window_bits=10, permessage-deflate";
        ScriptedExchange off = handle(ServerHandshakesTest::accept, "/ws", "Sec-WebSocket-Extensions", offers);
        assertEquals(101, off.status);
        assertNull(off.headers.first("Sec-WebSocket-Extensions"));
        assertEquals(List.of(), off.bind().connection.extensions());
        deflate = Deflate.DEFAULTS;
        ScriptedExchange on = handle(ServerHandshakesTest::accept, "/ws", "Sec-WebSocket-Extensions", offers);
        String response =
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10";
        assertEquals(List.of(response), on.headers.all("Sec-WebSocket-Extensions"));
        assertEquals(response, on.bind().connection.extensions().get(0).toString());
        ScriptedExchange declined = handle(
                ServerHandshakesTest::accept, "/ws", "Sec-WebSocket-Extensions", "permessage-deflate; bar, x-foo; a=b");
        assertEquals(101, declined.status);
        assertNull(declined.headers.first("Sec-WebSocket-Extensions"));
        ScriptedExchange none = handle(ServerHandshakesTest::accept, "/ws");
        assertNull(none.headers.first("Sec-WebSocket-Extensions"));
    }

    @Test
    @DisplayName("CB-4: where the request's thread may not block, the acceptor runs on another")
    void acceptorElsewhere() {
        ServerHandshakes handshakes = handshakes(ServerHandshakesTest::accept);
        ScriptedExchange exchange = new ScriptedExchange(executor, false, "/ws");
        handshakes.handle(exchange);
        assertEquals(0, exchange.status);
        executor.runAll();
        assertEquals(101, exchange.status);
    }

    @Test
    @DisplayName("a route without an acceptor needs no other thread: nothing of the application is asked")
    void noAcceptor() {
        ScriptedExchange exchange = new ScriptedExchange(executor, false, "/ws");
        handshakes(new AcceptsAll(new Recorder())).handle(exchange);
        assertEquals(101, exchange.status);
    }
}
