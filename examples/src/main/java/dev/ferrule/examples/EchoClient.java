package dev.ferrule.examples;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.CloseEvent;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Connects, and sends each message back until the server closes. */
final class EchoClient implements Endpoint {
    /** What {@code --engine} chooses from; the first is the default. */
    static final List<String> ENGINES = List.of("jdk", "jetty");

    static final Option DEFLATE =
            Option.flag("--deflate", "compresses messages if the server agrees; jdk can't, and doesn't offer it");

    static final Command COMMAND = new Command(
            "echo-client",
            "a client that echoes every message until the server closes",
            List.of(
                    Option.of("--engine", "jdk|jetty", "what it runs on; jdk by default"),
                    Option.of("--url", "URL", "where to connect, ws or wss"),
                    Option.of("--max-message", "BYTES", "the longest message it accepts; 16 MiB by default"),
                    DEFLATE),
            EchoClient::run);

    private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();

    private static int run(Arguments arguments, PrintStream out) throws Exception {
        String engine = arguments.choice("--engine", ENGINES);
        ConnectRequest request = request(arguments.text("--url"));
        int longest = arguments.number("--max-message", 16 << 20, 1, Integer.MAX_VALUE);
        // Whoever writes ws:// on a command line has seen that it is not encrypted.
        ClientBuilder builder =
                Ferrule.client().adapter(engine).limits(Echo.limits(longest)).allowPlaintext();
        if (arguments.has("--deflate")) {
            builder.deflate(Echo.DEFLATE);
        }
        try (Client client = builder.build()) {
            EchoClient endpoint = new EchoClient();
            client.connect(request, endpoint).toCompletableFuture().get();
            CloseEvent event = endpoint.closed.get();
            out.println("closed: " + event);
            return event.clean() ? 0 : 1;
        }
    }

    static ConnectRequest request(String url) throws UsageException {
        try {
            return ConnectRequest.to(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--url is wrong: " + e.getMessage());
        }
    }

    /** Completes when the connection has ended. */
    CompletionStage<CloseEvent> closed() {
        return closed;
    }

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

    @Override
    public void onClose(Connection connection, CloseEvent event) {
        closed.complete(event);
    }
}
