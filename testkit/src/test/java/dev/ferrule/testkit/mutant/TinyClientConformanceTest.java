package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.junit.ClientConformance;
import dev.ferrule.testkit.run.Peer;

/** The seam for adapters' authors, and the properties, on the correct client. */
class TinyClientConformanceTest extends ClientConformance {
    @Override
    protected String adapter() {
        return "tiny";
    }

    @Override
    protected Peer peer() {
        return TinyPeers.client();
    }

    @Override
    protected EchoClient start() {
        return new EchoClient(new TinyClient(Flaws.NONE), () -> {});
    }
}
