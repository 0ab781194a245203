package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import java.util.Set;

/** What is known of the tiny endpoints. */
final class TinyPeers {
    private TinyPeers() {}

    static Peer server() {
        return Peer.named("tiny server")
                .lacking(Set.of(Capability.ORIGIN_POLICY, Capability.PATHS))
                .limitedTo(MessageLimit.exactly(TinyReader.LIMIT))
                .compressing()
                .strictly();
    }

    static Peer client() {
        return Peer.named("tiny client")
                .lacking(Set.of())
                .limitedTo(MessageLimit.exactly(TinyReader.LIMIT))
                .compressing()
                .strictly();
    }
}
