package dev.ferrule.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Server;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireClient;
import dev.ferrule.testkit.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingOrderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Each selector has a dozen connections or so: that these come in one order by chance doesn't happen. */
    private static final int CONNECTIONS = 16 * Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final int ATTEMPTS = 50;

    private record Heard(String text, String thread) {}

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final Semaphore gate = new Semaphore(0);

    private final Endpoint endpoint = Endpoint.onText((connection, text) -> {
        heard.add(new Heard(text, Thread.currentThread().getName()));
        if (text.equals("wait")) {
            gate.acquire();
        }
    });

    private Heard next() throws InterruptedException {
        @Nullable Heard next = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(next != null, "nothing came any more");
        return next;
    }

    private static WireConnection open(Server server) throws Exception {
        WireClient client = new WireClient(server.uri("/"));
        WireConnection connection = client.connect(PATIENCE);
        assertTrue(connection.send(client.render(RequestSpec.CORRECT)));
        assertEquals(
                Optional.of(101),
                connection.awaitHead(Deadline.in(PATIENCE)).orElseThrow().status());
        return connection;
    }

    private static void send(WireConnection connection, String text) {
        assertTrue(connection.send(Frame.text(text).encode(Role.CLIENT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("of connections that are readable at a time, who was read longest ago comes first")
    void leastRecentlyReadFirst(String engine) throws Exception {
        try (Server server =
                Ferrule.server().adapter(engine).inline().route("/", endpoint).start()) {
            List<WireConnection> connections = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    connections.add(open(server));
                }
                inOrder(connections);
            } finally {
                gate.release();
                connections.forEach(WireConnection::close);
            }
        }
    }

    private void inOrder(List<WireConnection> connections) throws InterruptedException {
        List<String> expected = List.of();
        List<String> seen = List.of();
        // Bytes may be late for the selection that they are meant for; then the next attempt tells.
        for (int attempt = 0; attempt < ATTEMPTS && (seen.size() < 2 || !seen.equals(expected)); attempt++) {
            expected = oneByOne(connections);
            seen = atOnce(connections, expected);
        }
        assertEquals(expected, seen);
        assertTrue(seen.size() > 1, "nobody else on the thread");
    }

    /** Has all read in an order of chance; those of the last one's thread, which isn't among them, in that order. */
    private List<String> oneByOne(List<WireConnection> connections) throws InterruptedException {
        Collections.shuffle(connections);
        List<Heard> one = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            send(connections.get(i), "" + i);
            one.add(next());
        }
        Heard last = one.remove(one.size() - 1);
        return one.stream()
                .filter(each -> each.thread().equals(last.thread()))
                .map(Heard::text)
                .toList();
    }

    /** The order in which these are read if all become readable while their selector's thread is busy with the last one. */
    private List<String> atOnce(List<WireConnection> connections, List<String> names) throws InterruptedException {
        send(connections.get(connections.size() - 1), "wait");
        assertEquals("wait", next().text());
        for (String name : names) {
            send(connections.get(Integer.parseInt(name)), name);
        }
        gate.release();
        List<String> order = new ArrayList<>();
        for (String ignored : names) {
            order.add(next().text());
        }
        return order;
    }
}
