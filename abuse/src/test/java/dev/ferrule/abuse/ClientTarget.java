package dev.ferrule.abuse;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The client that is abused: {@code ClientTarget ENGINE}. It answers each line of its input with one line: {@code stat} with
 * its memory, a port with how a connection to it ended.
 */
final class ClientTarget {
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);
    private static final long PATIENCE_SECONDS = 20;

    private ClientTarget() {}

    public static void main(String[] args) throws Exception {
        Limits limits = Limits.builder()
                .handshakeTimeout(HANDSHAKE_TIMEOUT)
                .closeTimeout(Duration.ofSeconds(1))
                .build();
        Client client = Ferrule.client().adapter(args[0]).limits(limits).build();
        System.out.println("0");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(
                    line.equals("stat") ? Target.memory() : ended(client, URI.create("ws://127.0.0.1:" + line + "/")));
        }
        System.exit(1);
    }

    private static String ended(Client client, URI uri) throws InterruptedException {
        CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
        Endpoint endpoint = new Endpoint() {
            @Override
            public void onClose(Connection connection, CloseEvent event) {
                closed.complete(event);
            }
        };
        try {
            client.connect(uri, endpoint).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return "0 " + closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS).code().value();
        } catch (ExecutionException e) {
            return "0 handshake";
        } catch (TimeoutException e) {
            return "0 never";
        }
    }
}
