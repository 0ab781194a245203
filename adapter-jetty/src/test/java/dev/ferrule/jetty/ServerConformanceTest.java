package dev.ferrule.jetty;

import dev.ferrule.testkit.junit.ServerConformance;
import dev.ferrule.testkit.run.Peer;

class ServerConformanceTest extends ServerConformance {
    @Override
    protected String adapter() {
        return "jetty";
    }

    @Override
    protected Peer peer() {
        return super.peer().knownToFail("6455-4.2.1-2/in-lower-case", "Jetty's parser shows http/1.1 as HTTP/1.1");
    }
}
