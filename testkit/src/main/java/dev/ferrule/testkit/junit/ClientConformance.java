package dev.ferrule.testkit.junit;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.CloseEvent;
import dev.ferrule.Deflate;
import dev.ferrule.Ferrule;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.run.ClientDriver;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Tls;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What a client must do. Extend it and say the adapter's name. */
public abstract class ClientConformance {
    private @Nullable EchoClient client;
    private @Nullable EchoClient compressing;

    /** For subclasses. */
    protected ClientConformance() {}

    /**
     * The adapter under test.
     *
     * @return its name
     */
    protected abstract String adapter();

    /**
     * What is known of the client: what it can't do, what it is known to fail.
     *
     * @return by default a client that can do everything, within the default limits of Ferrule, judged strictly
     */
    protected Peer peer() {
        return Peer.named(adapter())
                .lacking(Set.of())
                .limitedTo(MessageLimit.exactly(65_536))
                .strictly();
    }

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

    /**
     * All scenarios.
     *
     * @return a test for each of them
     */
    @TestFactory
    protected final Stream<DynamicNode> scenarios() {
        EchoClient started = start();
        return ScenarioTests.of(ConformanceRun.ofClient(peer(), started.driver()), started);
    }

    /**
     * Those that make sense again over TLS.
     *
     * @return a test for each of them
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOverTls() {
        if (peer().lacks().contains(Capability.TLS)) {
            return ScenarioTests.skipped(Capability.TLS);
        }
        EchoClient started = start();
        return ScenarioTests.of(ConformanceRun.ofSecureClient(peer(), started.driver()), started);
    }

    /**
     * Those of permessage-deflate, where the first run is without it: without context takeover.
     *
     * @return a test for each of them
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOfCompression() {
        return compressing(Compressing.ALONE);
    }

    /**
     * The same with context takeover.
     *
     * @return a test for each of them
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOfContextTakeover() {
        return compressing(Compressing.TAKEOVER);
    }

    private Stream<DynamicNode> compressing(Deflate deflate) {
        if (!Compressing.apart(peer())) {
            return Compressing.skipped(peer());
        }
        EchoClient started = echoing(client(deflate));
        Peer peer = peer().compressing();
        return ScenarioTests.of(ConformanceRun.ofClient(peer, started.driver()).only(Compressing::concerns), started);
    }

    /** Makes the client of one property. */
    @BeforeProperty
    protected final void startClient() {
        client = start();
    }

    /** Stops the client of one property. */
    @AfterProperty
    protected final void stopClient() {
        if (client != null) {
            client.close();
        }
        if (compressing != null) {
            compressing.close();
        }
    }

    /**
     * Any messages come back.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    protected void messagesComeBackHoweverTheyAreSent(@ForAll("echoes") Scenario scenario) throws InterruptedException {
        judge(scenario);
    }

    /**
     * Any single violation fails the connection.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    protected void anyViolationFailsTheConnection(@ForAll("offences") Scenario scenario) throws InterruptedException {
        judge(scenario);
    }

    /**
     * Texts are checked, closes answered, sudden ends survived, however the bytes are cut.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    protected void textsClosesAndEndsAreHandledHoweverTheyAreCut(@ForAll("others") Scenario scenario)
            throws InterruptedException {
        judge(scenario);
    }

    /**
     * Any compressed message comes back, and one that is damaged fails; with a peer that can't compress, plain ones.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    protected void compressedMessagesComeBackUnlessDamaged(@ForAll("compressed") Scenario scenario)
            throws InterruptedException {
        if (!Compressing.apart(peer())) {
            judge(scenario);
            return;
        }
        EchoClient from = compressing == null ? echoing(client(Compressing.TAKEOVER)) : compressing;
        compressing = from;
        judge(scenario, peer().compressing(), from);
    }

    /**
     * Generates what must come back.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> echoes() {
        return Generated.echoes((int) Math.min(peer().limit().bytes(), 65_536));
    }

    /**
     * Generates what must fail.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> offences() {
        return Generated.offences();
    }

    /**
     * Generates texts, closes, sudden ends and segments.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> others() {
        return Arbitraries.oneOf(Generated.others());
    }

    /**
     * Generates compressed messages for those that can take them.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> compressed() {
        return Compressing.messages(peer());
    }

    private void judge(Scenario scenario) throws InterruptedException {
        if (client != null) {
            judge(scenario, peer(), client);
        }
    }

    private static void judge(Scenario scenario, Peer peer, EchoClient client) throws InterruptedException {
        ScenarioTests.check(ConformanceRun.ofClient(peer, client.driver(), List.of(scenario))
                .result(scenario));
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
