package dev.ferrule.testkit.junit;

import dev.ferrule.Deflate;
import dev.ferrule.Ferrule;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Tls;
import java.io.IOException;
import java.util.List;
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

/** What a server must do. Extend it and say the adapter's name. */
public abstract class ServerConformance {
    private @Nullable EchoServer server;
    private @Nullable EchoServer compressing;

    /** For subclasses. */
    protected ServerConformance() {}

    /**
     * The adapter under test.
     *
     * @return its name
     */
    protected abstract String adapter();

    /**
     * What is known of the server: what it can't do, what it is known to fail.
     *
     * @return by default a server that can do everything, within the default limits of Ferrule, judged strictly
     */
    protected Peer peer() {
        return Peer.named(adapter())
                .lacking(Set.of())
                .limitedTo(MessageLimit.exactly(65_536))
                .strictly();
    }

    /**
     * Starts a server that echoes.
     *
     * @param secure whether over TLS
     * @return the server
     * @throws IOException if it can't be started
     */
    protected EchoServer start(boolean secure) throws IOException {
        return started(secure ? builder().tls(Tls.serving()) : builder());
    }

    /**
     * Starts a server that echoes, and agrees to permessage-deflate. Not asked for one that lacks
     * {@link Capability#DEFLATE}, or whose {@link #start} makes one that agrees to it anyway.
     *
     * @param deflate how it compresses
     * @return the server
     * @throws IOException if it can't be started
     */
    protected EchoServer start(Deflate deflate) throws IOException {
        return started(builder().deflate(deflate));
    }

    private ServerBuilder builder() {
        return Ferrule.server().adapter(adapter()).listen("127.0.0.1", 0).route("/echo", new EchoEndpoint());
    }

    private static EchoServer started(ServerBuilder builder) throws IOException {
        Server started = builder.start();
        return new EchoServer(started.uri("/echo"), started::close);
    }

    /**
     * All scenarios.
     *
     * @return a test for each of them
     * @throws IOException if the server can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenarios() throws IOException {
        EchoServer started = start(false);
        return ScenarioTests.of(ConformanceRun.ofServer(peer(), started.uri()), started);
    }

    /**
     * Those that make sense again over TLS.
     *
     * @return a test for each of them
     * @throws IOException if the server can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOverTls() throws IOException {
        if (peer().lacks().contains(Capability.TLS)) {
            return ScenarioTests.skipped(Capability.TLS);
        }
        EchoServer started = start(true);
        return ScenarioTests.of(ConformanceRun.ofSecureServer(peer(), started.uri()), started);
    }

    /**
     * Those of permessage-deflate, where the first run is without it: without context takeover.
     *
     * @return a test for each of them
     * @throws IOException if the server can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOfCompression() throws IOException {
        return compressing(Compressing.ALONE);
    }

    /**
     * The same with context takeover.
     *
     * @return a test for each of them
     * @throws IOException if the server can't be started
     */
    @TestFactory
    protected final Stream<DynamicNode> scenariosOfContextTakeover() throws IOException {
        return compressing(Compressing.TAKEOVER);
    }

    private Stream<DynamicNode> compressing(Deflate deflate) throws IOException {
        if (!Compressing.apart(peer())) {
            return Compressing.skipped(peer());
        }
        EchoServer started = start(deflate);
        Peer peer = peer().compressing();
        return ScenarioTests.of(ConformanceRun.ofServer(peer, started.uri()).only(Compressing::concerns), started);
    }

    /**
     * Starts the server of one property.
     *
     * @throws IOException if it can't be started
     */
    @BeforeProperty
    protected final void startServer() throws IOException {
        server = start(false);
    }

    /** Stops the server of one property. */
    @AfterProperty
    protected final void stopServer() {
        if (server != null) {
            server.close();
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
     * Any length that is not in its shortest form fails the connection, or is accepted by one that is not judged
     * strictly.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    protected void longLengthsFailTheConnection(@ForAll("longLengths") Scenario scenario) throws InterruptedException {
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
     * @throws IOException if the server can't be started
     */
    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    protected void compressedMessagesComeBackUnlessDamaged(@ForAll("compressed") Scenario scenario)
            throws InterruptedException, IOException {
        if (!Compressing.apart(peer())) {
            judge(scenario);
            return;
        }
        EchoServer at = compressing == null ? start(Compressing.TAKEOVER) : compressing;
        compressing = at;
        judge(scenario, peer().compressing(), at);
    }

    /**
     * A handshake is judged by what matters, and by nothing else.
     *
     * @param scenario generated
     * @throws InterruptedException if the run is being stopped
     */
    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    protected void handshakesAreJudgedByWhatMatters(@ForAll("handshakes") Scenario scenario)
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
     * Generates what must fail or be accepted.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> longLengths() {
        return Generated.longLengths();
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

    /**
     * Generates handshakes, right and wrong.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> handshakes() {
        return Arbitraries.oneOf(Generated.requests(), Generated.badRequests());
    }

    private void judge(Scenario scenario) throws InterruptedException {
        if (server != null) {
            judge(scenario, peer(), server);
        }
    }

    private static void judge(Scenario scenario, Peer peer, EchoServer server) throws InterruptedException {
        ScenarioTests.check(
                ConformanceRun.ofServer(peer, server.uri(), List.of(scenario)).result(scenario));
    }
}
