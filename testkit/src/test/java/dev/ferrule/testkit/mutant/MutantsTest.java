package dev.ferrule.testkit.mutant;

import static org.junit.jupiter.api.Assertions.fail;

import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flaw is caught by a scenario of its requirement. */
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {
    /** A flaw that makes an endpoint silent is caught by patience, so there is little of it here. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    static Stream<Flaw> serverFlaws() {
        return Arrays.stream(Flaw.values()).filter(flaw -> flaw.side.binds(Role.SERVER));
    }

    static Stream<Flaw> clientFlaws() {
        return Arrays.stream(Flaw.values()).filter(flaw -> flaw.side.binds(Role.CLIENT));
    }

    @ParameterizedTest
    @MethodSource("serverFlaws")
    void serverIsCaught(Flaw flaw) throws IOException, InterruptedException {
        try (TinyServer server = new TinyServer(Flaws.only(flaw))) {
            Peer peer = TinyPeers.server().waiting(PATIENCE);
            caught(flaw, ConformanceRun.ofServer(peer, server.uri()));
        }
    }

    @ParameterizedTest
    @MethodSource("clientFlaws")
    void clientIsCaught(Flaw flaw) throws InterruptedException {
        Peer peer = TinyPeers.client().waiting(PATIENCE);
        caught(flaw, ConformanceRun.ofClient(peer, new TinyClient(Flaws.only(flaw))));
    }

    /** One after another, because the first that fails is enough. */
    private static void caught(Flaw flaw, ConformanceRun run) throws InterruptedException {
        List<Scenario> scenarios = run.only(scenario -> scenario.requirements().contains(flaw.requirement))
                .plan();
        for (Scenario scenario : scenarios) {
            if (run.result(scenario).verdict() == Verdict.FAIL) {
                return;
            }
        }
        fail(flaw + " lives: " + scenarios.size() + " scenarios of " + flaw.requirement);
    }
}
