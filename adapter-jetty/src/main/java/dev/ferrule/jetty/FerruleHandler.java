package dev.ferrule.jetty;

import dev.ferrule.Connection;
import dev.ferrule.Server.StopReport;
import dev.ferrule.ServerOptions;
import dev.ferrule.spi.Binding;
import dev.ferrule.spi.Handshakes;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Mounts Ferrule into an application's own Jetty {@code Server}: requests to the routes are Ferrule's, all others go on to
 * the wrapped handler. Timeouts and limits of the opening request are then those of the application's connector.
 *
 * <p>When Jetty stops, connections that are still open are dropped; call {@link #stop(Duration)} before to close them well.
 */
public final class FerruleHandler extends Handler.Wrapper {
    private final Handshakes handshakes;
    private final boolean everything;
    /** One for each pool that the application's connectors have. */
    private final ConcurrentMap<Executor, Executor> handovers = new ConcurrentHashMap<>(1);

    private final ReadingOrders orders = new ReadingOrders();

    /**
     * A handler that passes what isn't Ferrule's on, to the handler that is set later.
     *
     * @param options the routes and what holds for them, from {@link dev.ferrule.ServerBuilder#options()}
     */
    public FerruleHandler(ServerOptions options) {
        this(options, null);
    }

    /**
     * A handler that passes what isn't Ferrule's on.
     *
     * @param options the routes and what holds for them, from {@link dev.ferrule.ServerBuilder#options()}
     * @param next gets the requests to other paths, or {@code null} for none
     */
    @SuppressWarnings("NullAway") // Jetty's parameter may be null
    public FerruleHandler(ServerOptions options, @Nullable Handler next) {
        super(next);
        this.handshakes = Binding.handshakes(options);
        this.everything = false;
    }

    /** For a server of Ferrule's own, which passes nothing on. */
    FerruleHandler(Handshakes handshakes) {
        this.handshakes = handshakes;
        this.everything = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpExchange exchange = everything
                        || handshakes.routes(request.getHttpURI().getPath())
                ? new HttpExchange(
                        request, response, callback, handshakes.options().callbacks(), handovers, orders)
                : null;
        if (exchange == null) {
            return super.handle(request, response, callback);
        }
        exchange.handle(handshakes);
        return true;
    }

    @Override
    public InvocationType getInvocationType() {
        return handshakes.options().callbacks().inline() ? super.getInvocationType() : InvocationType.BLOCKING;
    }

    /**
     * The connections that are open at this moment.
     *
     * @return a view, weakly consistent
     */
    public java.util.Collection<Connection> connections() {
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
