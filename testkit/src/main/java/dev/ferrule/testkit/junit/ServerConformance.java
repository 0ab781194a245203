package dev.ferrule.testkit.junit;

import dev.ferrule.Deflate;
import dev.ferrule.Ferrule;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Tls;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a server must do. Extend it and say the adapter's name. */
public abstract class ServerConformance extends Conformance<EchoServer> {
    /** For subclasses. */
    protected ServerConformance() {}

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

    @Override
    final EchoServer startPlain() throws IOException {
        return start(false);
    }

    @Override
    final EchoServer startSecure() throws IOException {
        return start(true);
    }

    @Override
    final EchoServer startCompressing(Deflate deflate) throws IOException {
        return start(deflate);
    }

    @Override
    final ConformanceRun run(Peer peer, EchoServer server) {
        return ConformanceRun.ofServer(peer, server.uri());
    }

    @Override
    final ConformanceRun secureRun(Peer peer, EchoServer server) {
        return ConformanceRun.ofSecureServer(peer, server.uri());
    }

    @Override
    final ConformanceRun run(Peer peer, EchoServer server, Scenario scenario) {
        return ConformanceRun.ofServer(peer, server.uri(), List.of(scenario));
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
     * Generates what must fail or be accepted.
     *
     * @return scenarios
     */
    @Provide
    protected final Arbitrary<Scenario> longLengths() {
        return Generated.longLengths();
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
}
