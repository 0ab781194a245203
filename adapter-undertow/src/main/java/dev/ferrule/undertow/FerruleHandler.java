package dev.ferrule.undertow;

import dev.ferrule.Connection;
import dev.ferrule.Server.StopReport;
import dev.ferrule.ServerOptions;
import dev.ferrule.spi.Binding;
import dev.ferrule.spi.Handshakes;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Mounts Ferrule into an application's own {@code Undertow}: requests to the routes are Ferrule's, all others go on to the
 * next handler. Timeouts and limits of the opening request are then those of the application's listener.
 */
public final class FerruleHandler implements HttpHandler {
    private final Handshakes handshakes;
    private final HttpHandler next;
    private final SharedThreads threads = new SharedThreads();

    /**
     * A handler that passes what isn't Ferrule's on.
     *
     * @param options the routes and what holds for them, from {@link dev.ferrule.ServerBuilder#options()}
     * @param next gets the requests to other paths
     */
    public FerruleHandler(ServerOptions options, HttpHandler next) {
        this.handshakes = Binding.handshakes(options);
        this.next = next;
    }

    /** For a server of Ferrule's own, which passes nothing on. */
    FerruleHandler(Handshakes handshakes) {
        this.handshakes = handshakes;
        this.next = ResponseCodeHandler.HANDLE_404;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (handshakes.routes(exchange.getRequestURI())) {
            handleAll(exchange);
        } else {
            next.handleRequest(exchange);
        }
    }

    void handleAll(HttpServerExchange exchange) {
        HttpExchange request = new HttpExchange(exchange, threads);
        // Dispatched, so that the answer may come later and from any thread.
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> handshakes.handle(request));
    }

    /**
     * The connections that are open at this moment.
     *
     * @return a view, weakly consistent
     */
    public Collection<Connection> connections() {
        return handshakes.connections();
    }

    /**
     * Refuses further handshakes with 503, closes each connection with 1001, and drops what isn't closed within the grace.
     * The application's server goes on.
     *
     * @param grace how long to wait
     * @return completes when no connection is left
     */
    public CompletionStage<StopReport> stop(Duration grace) {
        return handshakes.stop(grace);
    }
}
