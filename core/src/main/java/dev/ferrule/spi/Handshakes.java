package dev.ferrule.spi;

import dev.ferrule.Connection;
import dev.ferrule.Server.StopReport;
import dev.ferrule.ServerOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** Core's side of the opening handshakes of a server: checks and decides each request. May be called from any thread. */
public interface Handshakes {
    /**
     * Whether a path has a route, so that a handler that is mounted among others knows which requests are Ferrule's.
     *
     * @param path as it was on the wire, without the query
     * @return true if it has
     */
    boolean routes(String path);

    /**
     * Takes a request over: answers it or upgrades its connection, now or later, on any thread.
     *
     * @param exchange the request
     */
    void handle(ServerExchange exchange);

    /**
     * What the server was built with.
     *
     * @return the options
     */
    ServerOptions options();

    /**
     * The connections that are open at this moment.
     *
     * @return a view, weakly consistent
     */
    Collection<Connection> connections();

    /**
     * Refuses further handshakes with 503, closes each connection with 1001, and drops what isn't closed within the grace.
     *
     * @param grace how long to wait
     * @return completes when no connection is left
     */
    CompletionStage<StopReport> stop(Duration grace);
}
