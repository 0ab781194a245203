package dev.ferrule;

import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Client}; for one thread. {@link Ferrule#client()} makes one. */
public final class ClientBuilder {
    private Limits limits = Limits.DEFAULTS;
    private Callbacks callbacks = Callbacks.BLOCKING;
    private SendPolicy sendPolicy = SendPolicy.fail();
    private @Nullable Observer observer;
    private @Nullable Deflate deflate;
    private @Nullable String adapter;
    private @Nullable SSLContext sslContext;
    private boolean plaintext;

    ClientBuilder() {}

    /**
     * Names the adapter, where the class path has several for clients.
     *
     * @param name for instance {@code jdk}
     * @return this builder
     */
    public ClientBuilder adapter(String name) {
        adapter = name;
        return this;
    }

    /**
     * Whom to trust; the default of the JDK if not called. The name of the host is checked in any case.
     *
     * @param context has the trusted certificates, and that of the client if it needs one
     * @return this builder
     */
    public ClientBuilder tls(SSLContext context) {
        sslContext = context;
        return this;
    }

    /**
     * Allows {@code ws}, without TLS, also to hosts that are not loopback.
     *
     * @return this builder
     */
    public ClientBuilder allowPlaintext() {
        plaintext = true;
        return this;
    }

    /**
     * The bounds of each connection; {@link Limits#DEFAULTS} by default.
     *
     * @param bounds the bounds
     * @return this builder
     */
    public ClientBuilder limits(Limits bounds) {
        limits = bounds;
        return this;
    }

    /**
     * What becomes of messages for which the send queue of a connection has no room; by default the send fails.
     *
     * @param policy the policy
     * @return this builder
     */
    public ClientBuilder sendPolicy(SendPolicy policy) {
        sendPolicy = policy;
        return this;
    }

    /**
     * Lets somebody see what happens on all connections. If called again, each observer sees it, in the order of the calls.
     *
     * @param watcher is told
     * @return this builder
     */
    public ClientBuilder observe(Observer watcher) {
        observer = observer == null ? watcher : new Observers(observer, watcher);
        return this;
    }

    /**
     * Compresses messages where the server agrees (RFC 7692); off by default. {@link Deflate} says what it costs, and when it
     * must not be. Where an engine can't (see the adapter's deviations), nothing is compressed.
     *
     * @param options {@link Deflate#DEFAULTS}, or others
     * @return this builder
     */
    public ClientBuilder deflate(Deflate options) {
        deflate = options;
        return this;
    }

    /**
     * Runs callbacks on the engine's threads: they must never block.
     *
     * @return this builder
     */
    public ClientBuilder inline() {
        callbacks = Callbacks.INLINE;
        return this;
    }

    /**
     * Runs callbacks on an executor of the application's.
     *
     * @param executor runs each task once, on a thread that may block, never on the caller's stack
     * @return this builder
     */
    public ClientBuilder executor(Executor executor) {
        callbacks = Callbacks.on(executor);
        return this;
    }

    /**
     * Makes the client.
     *
     * @return ready to connect
     * @throws IllegalStateException if there is no adapter for clients on the class path, or not the one that was named
     */
    public Client build() {
        return Ferrule.build(this, adapter);
    }

    ClientOptions options() {
        return new ClientOptions(limits, callbacks, sslContext, plaintext, sendPolicy, observer, deflate);
    }
}
