package dev.ferrule;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** A server that accepts connections, on whichever engine its adapter binds. All methods may be called from any thread. */
public interface Server extends AutoCloseable {
    /**
     * The TCP port on which it listens.
     *
     * @return the port, also where 0 was asked for
     */
    int port();

    /**
     * The address of a route.
     *
     * @param path begins with a slash
     * @return a {@code ws} or {@code wss} URI
     */
    URI uri(String path);

    /**
     * The connections that are open at this moment.
     *
     * @return a view, weakly consistent
     */
    Collection<Connection> connections();

    /**
     * Stops well: new handshakes are refused with 503, each connection is closed with 1001 behind what it has queued, and
     * those whose closing handshake isn't done within the grace are dropped. Further calls get the report of the first.
     *
     * @param grace how long to wait
     * @return completes when every connection has ended and the engine has stopped
     */
    CompletionStage<StopReport> stop(Duration grace);

    /** Stops with a grace of five seconds and waits for that; for threads that may block. */
    @Override
    void close();

    /**
     * How a server stopped.
     *
     * @param closed how many connections ended by a closing handshake
     * @param aborted how many had to be dropped
     */
    record StopReport(int closed, int aborted) {}
}
