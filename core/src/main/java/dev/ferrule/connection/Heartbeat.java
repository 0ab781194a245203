package dev.ferrule.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a peer is dead: pings it after a time of silence, and ends the connection if not a byte comes back. Costs
 * no ping while there is traffic, and a store per read. It is the task of its own timer, of which each idle connection has one.
 */
final class Heartbeat implements Runnable, Callable<@Nullable Void> {
    private final CoreConnection connection;
    private volatile long heardAt;
    /** A Ping was sent, and what answers it is awaited. Of the timer. */
    private boolean awaiting;

    private long pingedAt;
    /** The time that the last Ping takes is of interest. */
    private volatile boolean timed;

    private volatile @Nullable Future<?> timer;
    private volatile boolean stopped;

    Heartbeat(CoreConnection connection) {
        this.connection = connection;
    }

    void start() {
        heardAt = connection.timers().nanoTime();
        // Connections that were opened together shall not be pinged together.
        long interval = connection.limits().heartbeatInterval().toNanos();
        schedule(interval - connection.timers().jitter(1 + interval / 10));
    }

    void stop() {
        stopped = true;
        Future<?> last = timer;
        if (last != null) {
            last.cancel(false);
        }
    }

    /** Some byte has come from the peer. */
    void heard() {
        heardAt = connection.timers().nanoTime();
    }

    /**
     * A pong has come.
     *
     * @return how long it took, or null if it doesn't answer this
     */
    @Nullable
    Duration pong(ByteBuffer payload) {
        if (!timed || payload.hasRemaining()) {
            return null;
        }
        timed = false;
        return Duration.ofNanos(connection.timers().nanoTime() - pingedAt);
    }

    private void schedule(long nanos) {
        timer = connection.timers().schedule(this, nanos);
        if (stopped) {
            stop();
        }
    }

    /** For schedulers that would wrap what is a Runnable alone. */
    @Override
    public @Nullable Void call() {
        run();
        return null;
    }

    @Override
    public void run() {
        if (!awaiting || heardAt - pingedAt >= 0 || connection.deaf()) {
            // The silence counts from the answer on, not from here.
            awaiting = false;
            checkSilence();
        } else {
            awaitAnswer();
        }
    }

    private void checkSilence() {
        long interval = connection.limits().heartbeatInterval().toNanos();
        long silence = connection.timers().nanoTime() - heardAt;
        if (connection.deaf()) {
            schedule(interval);
        } else if (silence < interval - interval / 10) {
            schedule(interval - silence);
        } else {
            pingedAt = connection.timers().nanoTime();
            awaiting = true;
            timed = true;
            connection.heartbeat();
            awaitAnswer();
        }
    }

    /** Looks an interval later at the latest: behind an early answer the next Ping doesn't wait for a long timeout. */
    private void awaitAnswer() {
        long left = pingedAt
                + connection.limits().heartbeatTimeout().toNanos()
                - connection.timers().nanoTime();
        if (left > 0) {
            schedule(Math.min(left, connection.limits().heartbeatInterval().toNanos()));
        } else {
            connection.lost(new TimeoutException("heartbeat timeout: not a byte within "
                    + connection.limits().heartbeatTimeout() + " of a Ping"));
        }
    }
}
