package dev.ferrule.connection;

import dev.ferrule.Connection;
import dev.ferrule.Server;
import dev.ferrule.spi.Handshakes;
import dev.ferrule.spi.ServerEngine;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server on the engine of an adapter. */
public final class EngineServer implements Server {
    private final ServerEngine engine;
    private final Handshakes handshakes;
    private final String host;
    private final boolean secure;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<StopReport> stopped = new CompletableFuture<>();

    /**
     * A server that listens.
     *
     * @param engine listens already
     * @param handshakes gets its requests
     * @param host where it listens
     * @param secure whether it speaks TLS
     */
    public EngineServer(ServerEngine engine, Handshakes handshakes, String host, boolean secure) {
        this.engine = engine;
        this.handshakes = handshakes;
        this.host = host;
        this.secure = secure;
    }

    @Override
    public int port() {
        return engine.port();
    }

    @Override
    public URI uri(String path) {
        String authority = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create((secure ? "wss://" : "ws://") + authority + ":" + port() + path);
    }

    @Override
    public Collection<Connection> connections() {
        return handshakes.connections();
    }

    @Override
    public CompletionStage<StopReport> stop(Duration grace) {
        if (stopping.compareAndSet(false, true)) {
            handshakes.stop(grace).thenAccept(report -> {
                if (engine.stopMayBlock()) {
                    new Thread(() -> stopEngine(report), "ferrule-stop").start();
                } else {
                    stopEngine(report);
                }
            });
        }
        return stopped.copy();
    }

    private void stopEngine(StopReport report) {
        try {
            engine.stop();
            stopped.complete(report);
        } catch (RuntimeException | Error e) {
            stopped.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(5)).toCompletableFuture().join();
    }
}
