package dev.ferrule.jdk;

import dev.ferrule.testkit.junit.ClientConformance;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import java.util.Set;

class ClientConformanceTest extends ClientConformance {
    @Override
    protected String adapter() {
        return "jdk";
    }

    @Override
    protected Peer peer() {
        return Peer.named("jdk")
                .lacking(Set.of(
                        Capability.FAILURE_CODES,
                        Capability.REPLY_CODES,
                        Capability.HEADER_LIMITS,
                        Capability.DEFLATE,
                        Capability.EARLY_FRAMES))
                .limitedTo(MessageLimit.exactly(65_536))
                .knownToFail("6455-4.1-14/a-list", "the JDK takes Connection for a single token")
                .knownToFail("6455-4.1-14/two-lines", "the JDK takes Connection for a single token")
                .knownToFailAtTimes("6455-7.2.1-2/*", "the JDK may drop the end of the stream");
    }
}
