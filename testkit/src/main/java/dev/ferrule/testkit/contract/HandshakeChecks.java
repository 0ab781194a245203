package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.server;
import static dev.ferrule.testkit.contract.Check.that;
import static dev.ferrule.testkit.contract.Check.thrown;

import dev.ferrule.HandshakeDecision;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.Limits;
import dev.ferrule.protocol.OriginRule;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.RequestSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** HS-1 to HS-4 and HS-6 to HS-8 of a server. */
final class HandshakeChecks {
    static final List<Check> ALL = List.of(
            server(
                    "HS-1",
                    "each way to be wrong has its status, and what follows is not read as frames",
                    HandshakeChecks::invalid),
            server(
                    "HS-2",
                    "foreign, null and several Origins are refused, the own and none are not",
                    HandshakeChecks::origins),
            server("HS-2", "the list is exact", HandshakeChecks::allowed),
            server("HS-3", "the acceptor sees path, query, headers, cookies, address", HandshakeChecks::seen),
            server(
                    "HS-3",
                    "a rejection has the status, the headers and the body that were given",
                    HandshakeChecks::reject),
            server("HS-3", "a stage decides later", HandshakeChecks::later),
            server("HS-3", "an acceptor that blocks for too long: 503 with Retry-After", HandshakeChecks::blocks),
            server("HS-3", "a stage that never completes: 503 with Retry-After", HandshakeChecks::never),
            server(
                    "HS-4",
                    "the offered one that is supported, as spelled; one that was not offered is not sent",
                    HandshakeChecks::subprotocols),
            server("HS-6", "a header with a line break is refused", HandshakeChecks::injection),
            server("HS-7", "frames in the segment of the request are delivered", HandshakeChecks::early),
            server("HS-8", "a request that trickles, and one that never begins", HandshakeChecks::trickle));

    private static final RequestSpec REQUEST = RequestSpec.CORRECT.withTarget("/");

    private HandshakeChecks() {}

    private static RawPeer ask(Bench bench, RequestSpec request, Frame... behind) throws Exception {
        ServerBench servers = (ServerBench) bench;
        return servers.call().open(servers.uri(), request, behind);
    }

    private static int status(Bench bench, RequestSpec request) throws Exception {
        return ask(bench, request).head().status().orElse(0);
    }

    private static void invalid(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        equal(405, status(bench, REQUEST.withMethod("POST").with("Content-Length", "0")), "POST");
        equal(400, status(bench, REQUEST.without("Sec-WebSocket-Key")), "no key");
        equal(400, status(bench, REQUEST.with("Sec-WebSocket-Key", "short")), "a short key");
        equal(400, status(bench, REQUEST.plus("Host", "other.example")), "two hosts");
        HttpHead version =
                ask(bench, REQUEST.with("Sec-WebSocket-Version", "12")).head();
        equal(426, version.status().orElse(0), "version 12");
        equal(List.of("13"), version.fields().all("Sec-WebSocket-Version"), "versions");
        RawPeer peer = ask(bench, REQUEST.without("Sec-WebSocket-Key"), Frame.text("a"), Frame.ping("marker"));
        equal(400, peer.head().status().orElse(0), "status");
        that(!peer.body().contains("marker"), "a ping behind the refusal was answered");
        equal(101, status(bench, REQUEST.with("Connection", "keep-alive, uPGRADE")), "a list in Connection");
    }

    private static void origins(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        equal(403, status(bench, REQUEST.with("Origin", "http://evil.example")), "a foreign Origin");
        equal(403, status(bench, REQUEST.with("Origin", "null")), "null");
        String own = ((ServerBench) bench).uri().toString().replace("ws://", "http://");
        String origin = own.substring(0, own.length() - 1);
        equal(403, status(bench, REQUEST.with("Origin", origin).plus("Origin", origin)), "two Origins");
        equal(403, status(bench, REQUEST.with("Origin", origin.replace("http:", "https:"))), "another scheme");
        equal(101, status(bench, REQUEST.with("Origin", origin)), "the own Origin");
        equal(101, status(bench, REQUEST), "none");
    }

    private static void allowed(Bench bench) throws Exception {
        bench.start(Setup.PLAIN.with(OriginRule.allow(List.of("https://app.example"))));
        equal(101, status(bench, REQUEST.with("Origin", "https://app.example")), "the allowed Origin");
        for (String other : List.of(
                "http://app.example", "https://app.example.evil", "https://app.example:444", "https://xapp.example")) {
            equal(403, status(bench, REQUEST.with("Origin", other)), other);
        }
    }

    private static void seen(Bench bench) throws Exception {
        CompletableFuture<HandshakeRequest> asked = new CompletableFuture<>();
        bench.start(Setup.PLAIN.with(request -> {
            asked.complete(request);
            return HandshakeDecision.accept(new App());
        }));
        equal(
                101,
                status(
                        bench,
                        REQUEST.withTarget("/?a=b%20c")
                                .with("X-Token", "t")
                                .with("Cookie", "id=7; other=x")
                                .with("Sec-WebSocket-Protocol", "a, b")),
                "status");
        HandshakeRequest request = Bench.get(asked);
        equal("/", request.path(), "path");
        equal("a=b%20c", String.valueOf(request.query()), "query");
        equal("t", String.valueOf(request.header("x-token")), "header");
        equal("7", String.valueOf(request.cookies().get("id")), "cookie");
        equal(List.of("a", "b"), request.subprotocols(), "subprotocols");
        that(String.valueOf(request.remoteAddress()).contains("127.0.0.1"), "address " + request.remoteAddress());
        that(!request.secure() && request.tlsSession() == null, "no TLS");
    }

    private static void reject(Bench bench) throws Exception {
        bench.start(Setup.PLAIN.with(
                request -> HandshakeDecision.reject(401, "who are you?").header("WWW-Authenticate", "Bearer")));
        RawPeer peer = ask(bench, REQUEST, Frame.text("not read"));
        equal(401, peer.head().status().orElse(0), "status");
        equal(List.of("Bearer"), peer.head().fields().all("WWW-Authenticate"), "header");
        equal("who are you?", peer.body(), "body");
    }

    private static void later(Bench bench) throws Exception {
        CompletableFuture<HandshakeDecision> decision = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        bench.start(Setup.PLAIN.with(request -> {
            asked.complete(null);
            return HandshakeDecision.later(decision);
        }));
        ServerBench servers = (ServerBench) bench;
        RawPeer peer = servers.call();
        peer.request(servers.uri(), REQUEST, Frame.text("early"));
        Bench.get(asked);
        App app = new App();
        decision.complete(HandshakeDecision.accept(app));
        equal(101, peer.readHead().status().orElse(0), "status");
        app.expect("open");
        app.expect("text early");
    }

    private static Setup hurried() {
        return Setup.limited(limits -> limits.handshakeTimeout(Duration.ofMillis(300)));
    }

    private static void busy(RawPeer peer) {
        equal(503, peer.head().status().orElse(0), "status");
        equal(1, peer.head().fields().all("Retry-After").size(), "fields Retry-After");
    }

    private static void blocks(Bench bench) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bench.start(hurried().with(request -> {
            var unused = release.await(Bench.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return HandshakeDecision.accept(new App());
        }));
        try {
            busy(ask(bench, REQUEST));
        } finally {
            release.countDown();
        }
    }

    private static void never(Bench bench) throws Exception {
        bench.start(hurried().with(request -> HandshakeDecision.later(new CompletableFuture<>())));
        busy(ask(bench, REQUEST));
    }

    private static void subprotocols(Bench bench) throws Exception {
        bench.start(Setup.PLAIN.with(request -> request.path().equals("/")
                ? HandshakeDecision.accept(new App()).subprotocol(List.of("B", "c"), request)
                : HandshakeDecision.reject(404, "")));
        HttpHead head =
                ask(bench, REQUEST.with("Sec-WebSocket-Protocol", "a, b, c, B")).head();
        equal(List.of("c"), head.fields().all("Sec-WebSocket-Protocol"), "chosen");
        head = ask(bench, REQUEST.with("Sec-WebSocket-Protocol", "a")).head();
        equal(List.of(), head.fields().all("Sec-WebSocket-Protocol"), "chosen of none");
        Bench other = new ServerBench(bench.contract);
        try (other) {
            other.start(Setup.PLAIN.with(request ->
                    new HandshakeDecision.Accept(new App(), "made-up", dev.ferrule.protocol.Headers.empty(), null)));
            equal(500, status(other, REQUEST.with("Sec-WebSocket-Protocol", "a")), "one that was not offered");
        }
    }

    private static void injection(Bench bench) throws Exception {
        bench.start(Setup.PLAIN.with(request -> {
            thrown(
                    IllegalArgumentException.class,
                    () -> HandshakeDecision.accept(new App()).header("X", "a\r\nInjected: yes"));
            thrown(
                    IllegalArgumentException.class,
                    () -> HandshakeDecision.reject(400, "").header("X\r\nInjected", "a"));
            return HandshakeDecision.accept(new App()).header("X", "fine");
        }));
        HttpHead head = ask(bench, REQUEST).head();
        equal(101, head.status().orElse(0), "status");
        equal(List.of("fine"), head.fields().all("X"), "header");
        equal(List.of(), head.fields().all("Injected"), "injected");
    }

    private static void early(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        Link link = bench.open(Frame.text("early"), Frame.ping("too"));
        link.app().expect("open");
        link.app().expect("text early");
        link.peer().expect("pong too");
    }

    private static void trickle(Bench bench) throws Exception {
        bench.start(Setup.PLAIN.with(
                Limits.builder().handshakeTimeout(Duration.ofMillis(400)).build()));
        ServerBench servers = (ServerBench) bench;
        RawPeer silent = servers.call();
        RawPeer trickling = servers.call();
        trickling.patience(20);
        Bytes next = Bytes.latin1("GET / HTTP/1.1\r\nHost: a\r\nX: ");
        long deadline = System.nanoTime() + Bench.PATIENCE.toNanos();
        boolean gone = false;
        while (!gone && System.nanoTime() < deadline) {
            try {
                trickling.send(next);
                next = Bytes.latin1("y");
                trickling.readHead();
                gone = true;
            } catch (java.net.SocketTimeoutException e) {
                // Not yet: one more byte.
                gone = false;
            } catch (java.io.IOException e) {
                gone = true;
            }
        }
        that(gone, "a request that trickles is still waited for");
        // Nothing, or a refusal, and then the end.
        silent.body();
    }
}
