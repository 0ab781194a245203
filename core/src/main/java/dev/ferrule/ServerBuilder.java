package dev.ferrule;

import dev.ferrule.connection.AcceptsAll;
import dev.ferrule.protocol.OriginRule;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Server}; for one thread. {@link Ferrule#server()} makes one. */
public final class ServerBuilder {
    private final Map<String, Acceptor> routes = new LinkedHashMap<>();
    private OriginRule origins = OriginRule.sameOrigin();
    private Limits limits = Limits.DEFAULTS;
    private Callbacks callbacks = Callbacks.BLOCKING;
    private SendPolicy sendPolicy = SendPolicy.fail();
    private @Nullable Observer observer;
    private @Nullable Deflate deflate;
    private @Nullable String adapter;
    String host = "127.0.0.1";
    int port;

    @Nullable
    SSLContext sslContext;

    HttpHook http = (method, path) -> null;

    ServerBuilder() {}

    /**
     * Names the adapter, where the class path has several for servers.
     *
     * @param name for instance {@code jetty}
     * @return this builder
     */
    public ServerBuilder adapter(String name) {
        adapter = name;
        return this;
    }

    /**
     * Where to listen; 127.0.0.1 and any free port by default.
     *
     * @param host name or address of this machine
     * @param port from 0 to 65535; 0 picks a free one
     * @return this builder
     * @throws IllegalArgumentException if there is no such port
     */
    public ServerBuilder listen(String host, int port) {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port is " + port + ", ports go from 0 to 65535");
        }
        this.host = host;
        this.port = port;
        return this;
    }

    /**
     * Speaks TLS ({@code wss}).
     *
     * @param context has the certificate of the server
     * @return this builder
     */
    public ServerBuilder tls(SSLContext context) {
        sslContext = context;
        return this;
    }

    /**
     * Accepts connections at a path.
     *
     * @param path begins with a slash, and is compared exactly, as it is on the wire
     * @param endpoint gets the events of all of them
     * @return this builder
     * @throws IllegalArgumentException if the path doesn't begin with a slash, or has a route already
     */
    public ServerBuilder route(String path, Endpoint endpoint) {
        return route(path, new AcceptsAll(endpoint));
    }

    /**
     * Accepts or rejects connections at a path.
     *
     * @param path begins with a slash, and is compared exactly, as it is on the wire
     * @param acceptor decides on each
     * @return this builder
     * @throws IllegalArgumentException if the path doesn't begin with a slash, or has a route already
     */
    public ServerBuilder route(String path, Acceptor acceptor) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path '" + path + "' doesn't begin with a slash");
        }
        if (routes.putIfAbsent(path, acceptor) != null) {
            throw new IllegalArgumentException("path '" + path + "' has a route already");
        }
        return this;
    }

    /**
     * Answers plain HTTP requests outside of the routes.
     *
     * @param hook answers them; without one it is 404
     * @return this builder
     */
    public ServerBuilder http(HttpHook hook) {
        http = hook;
        return this;
    }

    /**
     * Which Origins may connect; by default that of the server alone. Requests without an Origin, which don't come from
     * browsers, are always allowed.
     *
     * @param rule the rule
     * @return this builder
     */
    public ServerBuilder origins(OriginRule rule) {
        origins = rule;
        return this;
    }

    /**
     * Allows browsers to connect from pages of these Origins, and from no other.
     *
     * @param allowed for instance {@code https://app.example}
     * @return this builder
     * @throws IllegalArgumentException if one is not a serialised Origin
     */
    public ServerBuilder allowOrigins(String... allowed) {
        return origins(OriginRule.allow(List.of(allowed)));
    }

    /**
     * The bounds of each connection; {@link Limits#DEFAULTS} by default.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public ServerBuilder limits(Limits bounds) {
        limits = bounds;
        return this;
    }

    /**
     * What becomes of messages for which the send queue of a connection has no room; by default the send fails.
     *
     * @param policy the policy
     * @return this builder
     */
    public ServerBuilder sendPolicy(SendPolicy policy) {
        sendPolicy = policy;
        return this;
    }

    /**
     * Lets somebody see what happens on all connections. If called again, each observer sees it, in the order of the calls.
     *
     * @param watcher is told
     * @return this builder
     */
    public ServerBuilder observe(Observer watcher) {
        observer = observer == null ? watcher : new Observers(observer, watcher);
        return this;
    }

    /**
     * Compresses messages where the client offers it (RFC 7692); off by default. {@link Deflate} says what it costs, and when
     * it must not be.
     *
     * @param options {@link Deflate#DEFAULTS}, or others
     * @return this builder
     */
    public ServerBuilder deflate(Deflate options) {
        deflate = options;
        return this;
    }

    /**
     * Runs callbacks on the engine's threads: they must never block.
     *
     * @return this builder
     */
    public ServerBuilder inline() {
        callbacks = Callbacks.INLINE;
        return this;
    }

    /**
     * Runs callbacks on an executor of the application's.
     *
     * @param executor runs each task once, on a thread that may block, never on the caller's stack
     * @return this builder
     */
    public ServerBuilder executor(Executor executor) {
        callbacks = Callbacks.on(executor);
        return this;
    }

    /**
     * What was chosen so far, apart from where to listen: for mounting into an engine of the application's.
     *
     * @return a copy
     */
    public ServerOptions options() {
        return new ServerOptions(routes, origins, limits, callbacks, sendPolicy, observer, deflate);
    }

    /**
     * Starts the server.
     *
     * @return it listens
     * @throws IOException if it can't listen there
     * @throws IllegalStateException if there is no adapter for servers on the class path, or not the one that was named
     */
    public Server start() throws IOException {
        return Ferrule.start(this, adapter);
    }
}
