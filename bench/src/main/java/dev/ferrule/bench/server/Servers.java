package dev.ferrule.bench.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The servers by name. */
public final class Servers {
    private static final Map<String, Supplier<EchoServer>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("ferrule-jetty", () -> new FerruleServer("jetty", false));
        ALL.put("ferrule-jetty-inline", () -> new FerruleServer("jetty", true));
        ALL.put("ferrule-undertow", () -> new FerruleServer("undertow", false));
        ALL.put("ferrule-undertow-inline", () -> new FerruleServer("undertow", true));
        ALL.put("nio", () -> new NioServer(true));
        ALL.put("nio-each", () -> new NioServer(false));
        ALL.put("jetty-api", JettyApiServer::new);
        ALL.put("jetty-core", JettyCoreServer::new);
        ALL.put("undertow", UndertowServer::new);
        ALL.put("netty", NettyServer::new);
        ALL.put("vertx", VertxServer::new);
        ALL.put("webflux", WebFluxServer::new);
        ALL.put("tomcat", TomcatServer::new);
    }

    private Servers() {}

    /**
     * All names.
     *
     * @return in the order of the tables
     */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * A server that doesn't listen yet.
     *
     * @param name one of {@link #names()}
     * @return the server
     * @throws IllegalArgumentException if there is none of this name
     */
    public static EchoServer named(String name) {
        Supplier<EchoServer> server = ALL.get(name);
        if (server == null) {
            throw new IllegalArgumentException("there is no server '" + name + "', choose one of " + names());
        }
        return server.get();
    }
}
