package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.junit.EchoServer;
import dev.ferrule.testkit.junit.ServerConformance;
import dev.ferrule.testkit.run.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The seam for adapters' authors, and the properties, on the correct server. */
class TinyServerConformanceTest extends ServerConformance {
    @Override
    protected String adapter() {
        return "tiny";
    }

    @Override
    protected Peer peer() {
        return TinyPeers.server();
    }

    @Override
    protected EchoServer start(boolean secure) throws IOException {
        TinyServer server = new TinyServer(Flaws.NONE, secure);
        return new EchoServer(server.uri(), () -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
