package dev.ferrule.testkit.junit;

import dev.ferrule.Deflate;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import java.io.IOException;
import java.util.Set;
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

/**
 * What both roles must do.
 *
 * @param <E> the endpoint under test while it runs
 */
public abstract class Conformance<E extends Running> {
    private @Nullable E plain;
    private @Nullable E compressing;

    Conformance() {}

    /**
     * The adapter under test.
     *
     * @return its name
     */
    protected abstract String adapter();

    /**
     * What is known of the endpoint under test: what it can't do, what it is known to fail.
     *
     * @return by default one that can do everything, within the default limits of Ferrule, judged strictly
     */
    protected Peer peer() {
        return Peer.named(adapter())
                .lacking(Set.of())
                .limitedTo(MessageLimit.exactly(65_536))
                .strictly();
    }

    abstract E startPlain() throws IOException;

    abstract E startSecure() throws IOException;

    abstract E startCompressing(Deflate deflate) throws IOException;

    abstract ConformanceRun run(Peer peer, E endpoint);

    abstract ConformanceRun secureRun(Peer peer, E endpoint);

    abstract ConformanceRun run(Peer peer, E endpoint, Scenario scenario);

    /**
     * All scenarios.
     *
     * @return a test for each of them
     * @throws IOException if the endpoint under test can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenarios() throws IOException {
        E started = startPlain();
        return ScenarioTests.of(run(peer(), started), started);
    }

    /**
     * Those that make sense again over TLS.
     *
     * @return a test for each of them
     * @throws IOException if the endpoint under test can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOverTls() throws IOException {
        if (peer().lacks().contains(Capability.TLS)) {
            return ScenarioTests.skipped(Capability.TLS);
        }
        E started = startSecure();
        return ScenarioTests.of(secureRun(peer(), started), started);
    }

    /**
     * Those of permessage-deflate, where the first run is without it: without context takeover.
     *
     * @return a test for each of them
     * @throws IOException if the endpoint under test can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOfCompression() throws IOException {
        return compressing(Compressing.ALONE);
    }

    /**
     * The same with context takeover.
     *
     * @return a test for each of them
     * @throws IOException if the endpoint under test can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOfContextTakeover() throws IOException {
        return compressing(Compressing.TAKEOVER);
    }

    private Stream<DynamicNode> compressing(Deflate deflate) throws IOException {
        if (!Compressing.apart(peer())) {
            return Compressing.skipped(peer());
        }
        E started = startCompressing(deflate);
        return ScenarioTests.of(run(peer().compressing(), started).only(Compressing::concerns), started);
    }

    /**
     * Starts what one property is played against.
     *
     * @throws IOException if it can't be started
     */
    @BeforeProperty
    protected final void startEndpoint() throws IOException {
        plain = startPlain();
    }

    /** Stops what one property was played against. */
    @AfterProperty
    protected final void stopEndpoint() {
        if (plain != null) {
            plain.close();
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
     * Texts are checked, closes answered, sudden ends survived, limits kept, however the bytes are cut and whatever other
     * connections do.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    protected void textsClosesEndsAndLimitsAreHandledHoweverTheyAreCut(@ForAll("others") Scenario scenario)
            throws InterruptedException {
        judge(scenario);
    }

    /**
     * Any compressed message comes back, and one that is damaged or too large fails; with a peer that can't compress, plain
     * ones.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     * @throws IOException if the endpoint under test can't be started
     */
    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    protected void compressedMessagesComeBackUnlessDamaged(@ForAll("compressed") Scenario scenario)
            throws InterruptedException, IOException {
        if (!Compressing.apart(peer())) {
            judge(scenario);
            return;
        }
        E with = compressing == null ? startCompressing(Compressing.TAKEOVER) : compressing;
        compressing = with;
        judge(scenario, peer().compressing(), with);
    }

    /**
     * Generates what must come back.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> echoes() {
        return Generated.echoes(peer().limit());
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
     * Generates texts, closes, sudden ends, segments, limits and connections in turns.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> others() {
        return Arbitraries.oneOf(Generated.others(peer().limit()));
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

    final void judge(Scenario scenario) throws InterruptedException {
        if (plain != null) {
            judge(scenario, peer(), plain);
        }
    }

    private void judge(Scenario scenario, Peer peer, E endpoint) throws InterruptedException {
        ScenarioTests.check(run(peer, endpoint, scenario).result(scenario));
    }
}
