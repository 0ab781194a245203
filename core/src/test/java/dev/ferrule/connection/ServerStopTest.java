package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Callbacks;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.Limits;
import dev.ferrule.SendPolicy;
import dev.ferrule.Server.StopReport;
import dev.ferrule.ServerOptions;
import dev.ferrule.protocol.OriginRule;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CL-7 and the limit of connections: the accounts of a server. */
class ServerStopTest {
    @RegisterExtension
    final Log log = new Log();

    private static final Duration LONG = Duration.ofSeconds(ManualExecutor.PATIENCE_SECONDS);

    private final ManualExecutor executor = new ManualExecutor();
    private final Wire peer = new Wire(true);
    private final CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
    private final ServerHandshakes handshakes = new ServerHandshakes(
            new ServerOptions(
                    Map.of(
                            "/ws", request -> HandshakeDecision.accept(new Recorder()),
                            "/no", request -> HandshakeDecision.reject(403, ""),
                            "/throw",
                                    request -> {
                                        throw new IllegalStateException("on purpose");
                                    },
                            "/later", request -> HandshakeDecision.later(decision)),
                    OriginRule.sameOrigin(),
                    Limits.builder().connections(2).build(),
                    Callbacks.BLOCKING,
                    SendPolicy.fail(),
                    null,
                    null),
            (method, path) -> null,
            executor.clock);

    private ScriptedExchange request(String target) {
        ScriptedExchange exchange = new ScriptedExchange(executor, true, target);
        handshakes.handle(exchange);
        return exchange;
    }

    private void full() {
        ScriptedExchange refused = request("/ws");
        assertEquals(503, refused.status);
        assertEquals("5", refused.headers.first("Retry-After"));
    }

    private CompletableFuture<StopReport> stop(Duration grace) {
        return handshakes.stop(grace).toCompletableFuture();
    }

    @Test
    @DisplayName("a full server answers 503 with Retry-After, and has room again when a connection ends")
    void full503() {
        ScriptedExchange first = request("/ws").bind();
        request("/ws").bind();
        full();
        assertEquals(2, handshakes.connections().size());
        first.connection.abort();
        executor.runAll();
        assertEquals(1, handshakes.connections().size());
        assertEquals(101, request("/ws").status);
        full();
    }

    @Test
    @DisplayName("refused handshakes, and those whose connection was lost behind the 101, take no place")
    void noPlace() {
        for (int i = 0; i < 5; i++) {
            assertEquals(403, request("/no").status);
            assertEquals(500, request("/throw").status);
            assertEquals(404, request("/nowhere").status);
            request("/ws").opening.lost();
        }
        assertEquals(101, request("/ws").status);
        assertEquals(101, request("/ws").status);
        full();
    }

    @Test
    @DisplayName("CL-7: 1001 to all behind what is queued, no new handshakes, and a report")
    void stop() {
        ScriptedExchange answers = request("/ws").bind();
        ScriptedExchange silent = request("/ws").bind();
        answers.connection.send("queued");
        CompletableFuture<StopReport> report = stop(Duration.ofMillis(30));
        assertEquals(List.of("text queued", "close 1001"), peer.read(answers.transport.written()));
        assertEquals(List.of("close 1001"), peer.read(silent.transport.written()));
        full();
        answers.transport.feed(peer.close(1001, ""));
        executor.runAll();
        assertFalse(report.isDone());
        executor.runUntil(report::isDone);
        assertEquals(new StopReport(1, 1), report.join());
        assertTrue(silent.transport.closed);
        assertEquals(List.of(), List.copyOf(handshakes.connections()));
    }

    @Test
    @DisplayName("CL-7: a server without connections stops at once, and further calls get the same report")
    void stopIdle() {
        assertEquals(new StopReport(0, 0), stop(LONG).join());
        assertEquals(new StopReport(0, 0), stop(LONG).join());
        full();
    }

    @Test
    @DisplayName("CL-7: a handshake that was accepted while the server stops is closed with 1001, too")
    void acceptedMeanwhile() {
        ScriptedExchange exchange = request("/later");
        CompletableFuture<StopReport> report = stop(LONG);
        assertFalse(report.isDone());
        decision.complete(HandshakeDecision.accept(new Recorder()));
        exchange.bind();
        assertEquals(List.of("close 1001"), peer.read(exchange.transport.written()));
        exchange.transport.feed(peer.close(1001, ""));
        executor.runAll();
        assertEquals(new StopReport(1, 0), report.join());
    }

    @Test
    @DisplayName("CL-7: a handshake that is refused while the server stops doesn't hold it up")
    void refusedMeanwhile() {
        ScriptedExchange exchange = request("/later");
        CompletableFuture<StopReport> report = stop(LONG);
        decision.complete(HandshakeDecision.reject(403, ""));
        assertEquals(403, exchange.status);
        assertEquals(new StopReport(0, 0), report.join());
    }

    @Test
    @DisplayName("CL-7: what is still undecided at the end of the grace gets 503, and the stop is over")
    void undecided() {
        ScriptedExchange exchange = request("/later");
        CompletableFuture<StopReport> report = stop(Duration.ofSeconds(3));
        executor.clock.advance(Duration.ofSeconds(3));
        assertEquals(503, exchange.status);
        assertEquals("5", exchange.headers.first("Retry-After"));
        assertEquals(new StopReport(0, 0), report.join());
        decision.complete(HandshakeDecision.accept(new Recorder()));
        assertEquals(503, exchange.status);
    }

    @Test
    @DisplayName("CL-7: a connection that is bound only behind the grace is closed with 1001 and dropped")
    void boundLate() {
        ScriptedExchange exchange = request("/ws");
        CompletableFuture<StopReport> report = stop(Duration.ofSeconds(3));
        executor.clock.advance(Duration.ofSeconds(3));
        assertFalse(report.isDone());
        exchange.bind();
        executor.runAll();
        assertTrue(exchange.transport.closed);
        assertEquals(new StopReport(0, 1), report.join());
    }

    @Test
    @DisplayName("CL-7: a connection whose endpoint hangs doesn't hold up the stop for ever")
    void hanging() {
        ScriptedExchange exchange = request("/ws").bind();
        exchange.connection.signal();
        CompletableFuture<StopReport> report = stop(Duration.ofSeconds(3));
        // No task of the executor runs, as if all its threads hung.
        executor.clock.advance(Duration.ofSeconds(3));
        assertFalse(report.isDone());
        executor.clock.advance(Duration.ofSeconds(3));
        assertEquals(new StopReport(0, 1), report.join());
    }

    @Test
    @DisplayName("a remote address has so many connections; the next gets 503, until one of them ends")
    void perAddress() {
        ServerHandshakes handshakes = new ServerHandshakes(
                new ServerOptions(
                        Map.of("/ws", request -> HandshakeDecision.accept(new Recorder())),
                        OriginRule.sameOrigin(),
                        Limits.builder().connectionsPerAddress(2).build(),
                        Callbacks.BLOCKING,
                        SendPolicy.fail(),
                        null,
                        null),
                (method, path) -> null,
                executor.clock);
        ScriptedExchange first = from(handshakes, "10.0.0.1").bind();
        from(handshakes, "10.0.0.1").opening.lost();
        from(handshakes, "10.0.0.1").bind();
        assertEquals(503, from(handshakes, "10.0.0.1").status);
        assertEquals(101, from(handshakes, "10.0.0.2").status);
        first.connection.abort();
        executor.runAll();
        assertEquals(101, from(handshakes, "10.0.0.1").status);
        assertEquals(503, from(handshakes, "10.0.0.1").status);
    }

    private ScriptedExchange from(ServerHandshakes handshakes, String address) {
        ScriptedExchange exchange = new ScriptedExchange(executor, true, "/ws");
        exchange.address = new InetSocketAddress(address, 1234);
        handshakes.handle(exchange);
        return exchange;
    }

    @Test
    @DisplayName("an observer is told of each handshake that is refused, with its status")
    void refusalsObserved() {
        Watching watching = new Watching();
        ServerHandshakes observed = new ServerHandshakes(
                new ServerOptions(
                        Map.of(
                                "/ws", request -> HandshakeDecision.accept(new Recorder()),
                                "/no", request -> HandshakeDecision.reject(403, ""),
                                "/never", request -> HandshakeDecision.later(decision)),
                        OriginRule.sameOrigin(),
                        Limits.builder().connections(1).build(),
                        Callbacks.BLOCKING,
                        SendPolicy.fail(),
                        watching,
                        null),
                (method, path) -> null,
                executor.clock);
        observed.handle(new ScriptedExchange(executor, true, "/ws", "Origin", "http://evil.example"));
        observed.handle(new ScriptedExchange(executor, true, "/ws", "Sec-WebSocket-Version", "12"));
        observed.handle(new ScriptedExchange(executor, true, "/no"));
        observed.handle(new ScriptedExchange(executor, true, "/never"));
        observed.handle(new ScriptedExchange(executor, true, "/ws"));
        executor.clock.advance(Limits.DEFAULTS.handshakeTimeout());
        assertEquals(
                List.of(
                        "refused SERVER 403 /ws",
                        "refused SERVER 426 /ws",
                        "refused SERVER 403 /no",
                        "refused SERVER 503 /ws",
                        "refused SERVER 503 /never"),
                watching.seen);
    }
}
