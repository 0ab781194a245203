package dev.ferrule.examples;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Goes through all cases of a WebSocket fuzzing server, in the way that the Autobahn test suite made usual. */
final class AutobahnClient {
    static final Command COMMAND = new Command(
            "autobahn-client",
            "a client that goes through the cases of a WebSocket fuzzing server",
            List.of(
                    Option.of("--engine", "jdk|jetty", "what it runs on; jdk by default"),
                    Option.of("--url", "URL", "the fuzzing server, for instance ws://127.0.0.1:9001"),
                    Option.of("--agent", "NAME", "what the reports call this client"),
                    EchoClient.DEFLATE),
            AutobahnClient::run);

    private static final int MESSAGE_BYTES = 16 << 20;

    private final Client client;
    private final String url;
    private final String agent;

    private AutobahnClient(Client client, String url, String agent) {
        this.client = client;
        this.url = url;
        this.agent = agent;
    }

    private static int run(Arguments arguments, PrintStream out) throws Exception {
        String engine = arguments.choice("--engine", EchoClient.ENGINES);
        String url = arguments.text("--url").replaceFirst("/$", "");
        EchoClient.request(url);
        String agent = "agent=" + URLEncoder.encode(arguments.text("--agent"), StandardCharsets.UTF_8);
        ClientBuilder builder =
                Ferrule.client().adapter(engine).limits(limits()).allowPlaintext();
        if (arguments.has("--deflate")) {
            builder.deflate(Echo.DEFLATE);
        }
        try (Client client = builder.build()) {
            new AutobahnClient(client, url, agent).runCases(out);
        }
        return 0;
    }

    /** Such servers send 16 MiB in pieces of 64 bytes, and as many pings as they like. */
    private static Limits limits() {
        return Echo.limits(MESSAGE_BYTES).toBuilder()
                .fragments(1 << 20)
                .controlFramesPerSecond(100_000)
                .controlFrameBurst(100_000)
                .build();
    }

    private void runCases(PrintStream out) throws Exception {
        int cases = caseCount();
        for (int i = 1; i <= cases; i++) {
            out.println("case " + i + " of " + cases + ": " + runCase("/runCase?case=" + i + "&" + agent));
        }
        echo("/updateReports?" + agent);
    }

    /** What came of it: a case may also be a response that has to be refused. */
    private Object runCase(String path) throws Exception {
        try {
            return echo(path);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HandshakeException refused && !unreachable(refused)) {
                return "refused, " + refused.getMessage();
            }
            throw e;
        }
    }

    private static boolean unreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private CloseEvent echo(String path) throws Exception {
        EchoClient endpoint = new EchoClient();
        client.connect(URI.create(url + path), endpoint).toCompletableFuture().get();
        return endpoint.closed().toCompletableFuture().get();
    }

    private int caseCount() throws Exception {
        Count endpoint = new Count();
        client.connect(URI.create(url + "/getCaseCount"), endpoint)
                .toCompletableFuture()
                .get();
        String answer = endpoint.answer.get();
        try {
            return Integer.parseInt(answer);
        } catch (NumberFormatException e) {
            throw new IOException(url + "/getCaseCount answered '" + answer + "', which is no number", e);
        }
    }

    /** Keeps the one message that comes. */
    private static final class Count implements Endpoint {
        private final CompletableFuture<String> answer = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            answer.complete(text);
            return null;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            answer.complete("");
        }
    }
}
