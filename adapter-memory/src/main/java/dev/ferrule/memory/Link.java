package dev.ferrule.memory;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the bytes of one connection go over, from the first of the opening handshake to the last: two
 * {@linkplain Direction directions}, each of which can be slowed down, held back and cut by itself. Like TCP it keeps the
 * bytes and their order, and holds 64 KiB in each direction before it takes no more.
 *
 * <p>All methods may be called from any thread, and act on what is sent from then on, unless they say otherwise.
 */
public final class Link {
    /** Guards both directions and both ends, for moments. */
    final ReentrantLock lock = new ReentrantLock();

    private final Direction toServer;
    private final Direction toClient;
    private final LinkEnd client;
    private final LinkEnd server;
    private final int clientPort;

    Link(Schedule schedule, int clientPort) {
        this.clientPort = clientPort;
        toServer = new Direction(this, schedule);
        toClient = new Direction(this, schedule);
        client = new LinkEnd(lock, schedule, toClient, toServer);
        server = new LinkEnd(lock, schedule, toServer, toClient);
        toServer.between(client, server);
        toClient.between(server, client);
    }

    LinkEnd client() {
        return client;
    }

    LinkEnd server() {
        return server;
    }

    int clientPort() {
        return clientPort;
    }

    boolean over() {
        return client.over() && server.over();
    }

    /**
     * What the client sends.
     *
     * @return the direction to the server
     */
    public Direction toServer() {
        return toServer;
    }

    /**
     * What the server sends.
     *
     * @return the direction to the client
     */
    public Direction toClient() {
        return toClient;
    }

    /**
     * Delays what is sent in either direction.
     *
     * @param delay how long bytes are on their way
     * @throws IllegalArgumentException if it is negative
     */
    public void latency(Duration delay) {
        toServer.latency(delay);
        toClient.latency(delay);
    }

    /** Holds back what is sent in either direction, until {@link #resume()}. */
    public void stall() {
        toServer.stall();
        toClient.stall();
    }

    /** Lets go on what was held back. */
    public void resume() {
        toServer.resume();
        toClient.resume();
    }

    /** Loses all that is on its way or is sent, in either direction, ends included: as if a cable had been pulled. */
    public void drop() {
        toServer.drop();
        toClient.drop();
    }

    /** Ends the connection at once for both ends, without a word: as a reset of TCP does. */
    public void reset() {
        lock.lock();
        try {
            client.lose();
            server.lose();
        } finally {
            lock.unlock();
        }
    }
}
