package dev.ferrule.testkit.junit;

import dev.ferrule.Deflate;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.DynamicNode;

/** How permessage-deflate is tested: in runs of its own, since by default an adapter doesn't compress. */
final class Compressing {
    /** Each message alone; all that become smaller, the shortest too. */
    static final Deflate ALONE = Deflate.DEFAULTS.threshold(0);

    /** With reference to earlier messages, if the peer agrees. */
    static final Deflate TAKEOVER = ALONE.withContextTakeover();

    private Compressing() {}

    /** Whether it is tested apart from the rest, as that which the adapter can do, but doesn't in the other runs. */
    static boolean apart(Peer peer) {
        return !peer.compresses() && !peer.lacks().contains(Capability.DEFLATE);
    }

    static Stream<DynamicNode> skipped(Peer peer) {
        // Who compresses anyway is judged in the run of all scenarios.
        return peer.compresses() ? Stream.of() : ScenarioTests.skipped(Capability.DEFLATE);
    }

    static boolean concerns(Scenario scenario) {
        return scenario.needs().contains(Capability.DEFLATE);
    }

    static Arbitrary<Scenario> messages(Peer peer) {
        return peer.lacks().contains(Capability.DEFLATE)
                ? Generated.echoes(MessageLimit.exactly(100))
                : Arbitraries.oneOf(Generated.compressions(peer.limit()));
    }
}
