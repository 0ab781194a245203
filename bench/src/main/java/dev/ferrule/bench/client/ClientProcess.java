package dev.ferrule.bench.client;

import dev.ferrule.bench.load.Payload;
import dev.ferrule.bench.server.Control;
import dev.ferrule.bench.server.ServerProcess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The process of a client: echoes until its standard input ends, and counts. */
public final class ClientProcess {
    private static final Map<String, Supplier<EchoClient>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("jdk-client", JdkClient::new);
        ALL.put("ferrule-jdk-client", () -> new FerruleClient("jdk", false));
        ALL.put("ferrule-jdk-client-inline", () -> new FerruleClient("jdk", true));
        ALL.put("jetty-client", JettyClient::new);
        ALL.put("ferrule-jetty-client", () -> new FerruleClient("jetty", false));
        ALL.put("ferrule-jetty-client-inline", () -> new FerruleClient("jetty", true));
    }

    private ClientProcess() {}

    /**
     * All names.
     *
     * @return in the order of the tables
     */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * Runs a client.
     *
     * @param args name, URI, connections, letter of the payload, size, and messages in flight
     * @throws Exception if it can't connect
     */
    public static void main(String[] args) throws Exception {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        Supplier<EchoClient> named = ALL.get(args[0]);
        if (named == null) {
            throw new IllegalArgumentException("there is no client '" + args[0] + "', choose one of " + names());
        }
        byte[] payload = Payload.of(args[3].charAt(0)).bytes(Integer.parseInt(args[4]));
        Loop loop = new Loop(new String(payload, StandardCharsets.UTF_8), Integer.parseInt(args[5]));
        EchoClient client = named.get();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            client.connect(URI.create(args[1]), loop).toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        ServerProcess.announce(0, Control.start(0, loop::messages));
    }
}
