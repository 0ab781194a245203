package dev.ferrule.testkit.contract;

import dev.ferrule.Connection;
import dev.ferrule.protocol.Role;
import dev.ferrule.testkit.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Where one check works: builds endpoints of one adapter and one role, and stops them behind it. */
abstract class Bench implements AutoCloseable {
    /** The one time to wait for anything; what holds never waits for it. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final AdapterContract contract;

    Bench(AdapterContract contract) {
        this.contract = contract;
    }

    abstract Role role();

    /** Builds the endpoint. */
    abstract void start(Setup setup) throws Exception;

    /** Opens one more connection of it, whose peer sends some frames in the same segment as its part of the handshake. */
    abstract Link open(App app, Frame... behind) throws Exception;

    /** Stops the endpoint, and drops the peers. */
    @Override
    public abstract void close() throws IOException;

    final Link open(Frame... behind) throws Exception {
        return open(new App(), behind);
    }

    /** Builds the endpoint and opens a connection, whose application has had its onOpen. */
    final Link link(Setup setup) throws Exception {
        start(setup);
        Link link = open();
        link.app().expect("open");
        return link;
    }

    final Link link() throws Exception {
        return link(Setup.PLAIN);
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An application that tells its connection as soon as it has one. */
    static CompletableFuture<Connection> connectionOf(App app) {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        App.Action<String> then = app.onOpen;
        app.onOpen = (connection, nothing) -> {
            opened.complete(connection);
            return then.on(connection, nothing);
        };
        return opened;
    }
}
