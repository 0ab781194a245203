package dev.ferrule.testkit.junit;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
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
        return Ferrule.client().adapter(adapter()).tls(Tls.trustingKit()).build();
    }

    /**
     * Makes a client that echoes.
     *
     * @return by default an endpoint on {@link #client()}
     */
    protected EchoClient start() {
        Client started = client();
        return new EchoClient((uri, opened) -> echo(started, uri, opened), started::close);
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
     * Any compressed message comes back, and one that is damaged fails; with a peer that doesn't compress, plain ones.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    protected void compressedMessagesComeBackUnlessDamaged(@ForAll("compressed") Scenario scenario)
            throws InterruptedException {
        judge(scenario);
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
     * Generates compressed messages for those that agree to them.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> compressed() {
        return peer().compresses()
                ? Arbitraries.oneOf(Generated.compressed(), Generated.damaged())
                : Generated.echoes(100);
    }

    private void judge(Scenario scenario) throws InterruptedException {
        if (client != null) {
            ScenarioTests.check(ConformanceRun.ofClient(peer(), client.driver(), List.of(scenario))
                    .result(scenario));
        }
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
