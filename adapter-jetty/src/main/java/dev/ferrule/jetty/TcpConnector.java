package dev.ferrule.jetty;

import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts again soon after it could not. Jetty waits for a second, in which it could accept thousands: a descriptor is free as
 * soon as a selector has looked at what was closed.
 */
final class TcpConnector extends ServerConnector {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.jetty");
    private static final long PAUSE_MILLIS = 20;
    private static final long QUIET_NANOS = 1_000_000_000L;

    private volatile long toldAt = System.nanoTime() - QUIET_NANOS;

    TcpConnector(Server server, ConnectionFactory... factories) {
        super(server, factories);
    }

    @Override
    protected boolean handleAcceptFailure(Throwable failure) {
        if (!isOpen() || !isRunning()) {
            return false;
        }
        long now = System.nanoTime();
        if (now - toldAt >= QUIET_NANOS) {
            toldAt = now;
            LOG.warn("can't accept connections: {}", failure.toString());
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            // Jetty interrupts its acceptor when it stops.
            return false;
        }
    }
}
