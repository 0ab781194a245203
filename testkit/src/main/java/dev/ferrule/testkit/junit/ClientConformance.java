package dev.ferrule.testkit.junit;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.CloseEvent;
import dev.ferrule.Deflate;
import dev.ferrule.Ferrule;
import dev.ferrule.testkit.run.ClientDriver;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Tls;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a client must do. Extend it and say the adapter's name. */
public abstract class ClientConformance extends Conformance<ClientConformance.EchoClient> {
    /** For subclasses. */
    protected ClientConformance() {}

    /**
     * Makes the client under test.
     *
     * @return the client, which must trust the kit's certificate
     */
    protected Client client() {
        return builder().build();
    }

    /**
     * Makes the client under test, so that it offers permessage-deflate. Not asked for one that lacks
     * {@link Capability#DEFLATE}, or that offers it anyway.
     *
     * @param deflate how it compresses
     * @return the client
     */
    protected Client client(Deflate deflate) {
        return builder().deflate(deflate).build();
    }

    private ClientBuilder builder() {
        return Ferrule.client().adapter(adapter()).tls(Tls.trustingKit());
    }

    /**
     * Makes a client that echoes.
     *
     * @return by default an endpoint on {@link #client()}
     */
    protected EchoClient start() {
        return echoing(client());
    }

    private static EchoClient echoing(Client client) {
        return new EchoClient((uri, opened) -> echo(client, uri, opened), client::close);
    }

    @Override
    final EchoClient startPlain() {
        return start();
    }

    @Override
    final EchoClient startSecure() {
        return start();
    }

    @Override
    final EchoClient startCompressing(Deflate deflate) {
        return echoing(client(deflate));
    }

    @Override
    final ConformanceRun run(Peer peer, EchoClient client) {
        return ConformanceRun.ofClient(peer, client.driver());
    }

    @Override
    final ConformanceRun secureRun(Peer peer, EchoClient client) {
        return ConformanceRun.ofSecureClient(peer, client.driver());
    }

    @Override
    final ConformanceRun run(Peer peer, EchoClient client, Scenario scenario) {
        return ConformanceRun.ofClient(peer, client.driver(), List.of(scenario));
    }

    /**
     * A client under test.
     *
     * @param driver connects it
     * @param stop releases it
     */
    public record EchoClient(ClientDriver driver, Runnable stop) implements Running {
        @Override
        public void close() {
            stop.run();
        }
    }

    private static CompletionStage<CloseEvent> echo(Client client, URI uri, Runnable opened) {
        EchoEndpoint endpoint = new EchoEndpoint();
        try {
            return client.connect(uri, endpoint).thenCompose(connection -> {
                opened.run();
                return endpoint.closed();
            });
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
