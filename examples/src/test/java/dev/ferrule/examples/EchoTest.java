package dev.ferrule.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Server;
import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EchoTest {
    /** Keeps what comes, binary messages in angle brackets. */
    private static final class Listener implements Endpoint {
        private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            seen.add(text);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
            seen.add("<" + StandardCharsets.ISO_8859_1.decode(data) + ">");
            return null;
        }

        String next() throws InterruptedException {
            String message = seen.poll(10, TimeUnit.SECONDS);
            return message == null ? "nothing came" : message;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.examples.Engines#pairs")
    void echo_sends_back_and_broadcast_to_all(String engine, String clientEngine) throws Exception {
        try (Server server = Ferrule.server()
                        .adapter(engine)
                        .route("/echo", new Echo())
                        .route("/broadcast", new Broadcast())
                        .start();
                Client client = Ferrule.client().adapter(clientEngine).build()) {
            Listener listener = new Listener();
            Connection echo = client.connect(server.uri("/echo"), listener)
                    .toCompletableFuture()
                    .join();
            echo.send("text");
            echo.send(ByteBuffer.wrap("binary".getBytes(StandardCharsets.ISO_8859_1)));
            assertEquals("text", listener.next());
            assertEquals("<binary>", listener.next());

            Listener first = new Listener();
            Connection one = client.connect(server.uri("/broadcast"), first)
                    .toCompletableFuture()
                    .join();
            one.send("to myself");
            assertEquals("to myself", first.next());
            Listener second = new Listener();
            Connection other = client.connect(server.uri("/broadcast"), second)
                    .toCompletableFuture()
                    .join();
            other.send("to all");
            assertEquals("to all", second.next());
            assertEquals("to all", first.next());
        }
    }

    /** The same object that echoes as a server here echoes as a client there. */
    @ParameterizedTest
    @MethodSource("dev.ferrule.examples.Engines#pairs")
    void the_client_echoes_until_the_server_closes(String engine, String clientEngine) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Endpoint asking = new Endpoint() {
            @Override
            public void onOpen(Connection connection) {
                connection.send("question");
            }

            @Override
            public @Nullable CompletionStage<?> onText(Connection connection, String text) {
                answer.complete(text);
                connection.close(CloseCode.of(3000), "enough");
                return null;
            }
        };
        try (Server server = Ferrule.server().adapter(engine).route("/", asking).start();
                Client client = Ferrule.client().adapter(clientEngine).build()) {
            EchoClient endpoint = new EchoClient();
            client.connect(server.uri("/"), endpoint).toCompletableFuture().join();
            CloseEvent event = endpoint.closed().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertEquals("question", answer.join());
            assertEquals("3000 APPLICATION by PEER, clean, reason 'enough'", event.toString());
            assertTrue(event.clean());
        }
    }
}
