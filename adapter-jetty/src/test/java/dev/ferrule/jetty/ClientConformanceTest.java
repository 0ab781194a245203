package dev.ferrule.jetty;

import dev.ferrule.testkit.junit.ClientConformance;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import java.util.Set;

class ClientConformanceTest extends ClientConformance {
    @Override
    protected String adapter() {
        return "jetty";
    }

    @Override
    protected Peer peer() {
        return Peer.named("jetty")
                .lacking(Set.of(Capability.FAILURE_CODES, Capability.HEADER_LIMITS))
                .limitedTo(MessageLimit.exactly(65_536));
    }
}
