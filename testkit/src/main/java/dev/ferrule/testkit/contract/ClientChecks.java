package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.client;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.that;
import static dev.ferrule.testkit.contract.Check.thrown;

import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.HandshakeException;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.ResponseSpec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** HS-4 to HS-8 of a client. */
final class ClientChecks {
    static final List<Check> ALL = List.of(
            client(
                    "HS-4",
                    "the one that the server chose; one that was not offered fails the handshake",
                    ClientChecks::subprotocols),
            client("HS-5", "a list in Connection, and names in any case, are fine", ClientChecks::lists),
            client(
                    "HS-5",
                    "a wrong Sec-WebSocket-Accept, and an extension that was not offered, are not",
                    ClientChecks::wrong),
            client("HS-5", "a refusal is told with status, headers and body", ClientChecks::refusal),
            client("HS-6", "headers, subprotocols and targets with line breaks are refused", ClientChecks::injection),
            client("HS-7", "frames in the segment of the response are delivered", ClientChecks::early),
            client("HS-8", "a response that trickles, and one that never begins", ClientChecks::trickle));

    private ClientChecks() {}

    private static CompletableFuture<Connection> answered(Bench bench, ConnectRequest request, ResponseSpec response)
            throws Exception {
        ClientBench clients = (ClientBench) bench;
        CompletableFuture<Connection> connected = clients.connect(request, new App());
        clients.accept().answer(response);
        return connected;
    }

    private static HandshakeException failure(CompletableFuture<Connection> connected) {
        Throwable cause =
                thrown(ExecutionException.class, () -> Bench.get(connected)).getCause();
        if (cause instanceof HandshakeException refused) {
            return refused;
        }
        throw new AssertionError("failed with " + cause, cause);
    }

    private static ConnectRequest request(Bench bench) {
        return ((ClientBench) bench).request();
    }

    private static void subprotocols(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        ConnectRequest request = request(bench).subprotocols("a", "B");
        Connection connection =
                Bench.get(answered(bench, request, ResponseSpec.CORRECT.with("Sec-WebSocket-Protocol", "B")));
        equal("B", String.valueOf(connection.subprotocol()), "chosen");
        failure(answered(bench, request, ResponseSpec.CORRECT.with("Sec-WebSocket-Protocol", "b")));
        failure(answered(bench, request, ResponseSpec.CORRECT.with("Sec-WebSocket-Protocol", "c")));
    }

    private static void lists(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        ResponseSpec response =
                ResponseSpec.CORRECT.with("Connection", "keep-alive, uPGRADE").with("Upgrade", "WebSocket");
        Bench.get(answered(bench, request(bench), response));
    }

    private static void wrong(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        failure(answered(
                bench,
                request(bench),
                ResponseSpec.CORRECT.with("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")));
        failure(answered(
                bench, request(bench), ResponseSpec.CORRECT.with("Sec-WebSocket-Extensions", "x-not-offered")));
        failure(answered(bench, request(bench), ResponseSpec.CORRECT.without("Upgrade")));
    }

    private static void refusal(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        HandshakeException refused = failure(answered(
                bench, request(bench), ResponseSpec.status("401 Unauthorized").with("X-Why", "token")));
        equal(401, refused.status(), "status");
        equal("token", String.valueOf(refused.headers().first("x-why")), "header");
        equal("no\n", new String(refused.body(), StandardCharsets.UTF_8), "body");
    }

    private static void injection(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        ConnectRequest request = request(bench);
        thrown(IllegalArgumentException.class, () -> request.header("X", "a\r\nInjected: yes"));
        thrown(IllegalArgumentException.class, () -> request.header("X\r\nInjected", "a"));
        thrown(IllegalArgumentException.class, () -> request.subprotocols("a\r\nInjected: yes"));
        thrown(IllegalArgumentException.class, () -> ConnectRequest.to(new URI("ws", "127.0.0.1", "/", "fragment")));
        ClientBench clients = (ClientBench) bench;
        var unused = clients.connect(request.header("X", "fine"), new App());
        equal(List.of("fine"), clients.accept().head().fields().all("X"), "header");
    }

    private static void early(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        for (int i = 0; i < 20; i++) {
            Link link = bench.open(Frame.text("early"), Frame.ping("too"));
            link.app().expect("open");
            link.app().expect("text early");
            link.peer().expect("pong too");
        }
    }

    private static void trickle(Bench bench) throws Exception {
        bench.start(Setup.limited(limits -> limits.handshakeTimeout(Duration.ofMillis(400))));
        ClientBench clients = (ClientBench) bench;
        CompletableFuture<Connection> silent = clients.connect(clients.request(), new App());
        clients.accept();
        failure(silent);
        CompletableFuture<Connection> trickling = clients.connect(clients.request(), new App());
        RawPeer peer = clients.accept();
        Bytes next = Bytes.latin1("HTTP/1.1 101 Switching Protocols\r\nX: ");
        long deadline = System.nanoTime() + Bench.PATIENCE.toNanos();
        while (!trickling.isDone() && System.nanoTime() < deadline) {
            try {
                peer.send(next);
                next = Bytes.latin1("y");
                peer.patience(20);
                peer.readHead();
            } catch (java.io.IOException e) {
                // Not yet, or gone: the client says which.
            }
        }
        that(trickling.isDone(), "a response that trickles is still waited for");
        failure(trickling);
    }
}
