package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.spi.Timers;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a peer is dead: pings it after a time of silence, and ends the connection if not a byte comes back. Costs
 * no ping while there is traffic, and a store per read.
 */
final class Heartbeat {
    private final CoreConnection connection;
    private final Limits limits;
    private final Timers timers;
    private volatile long heardAt;
    private volatile @Nullable Future<?> timer;
    private volatile boolean stopped;

    Heartbeat(CoreConnection connection, Limits limits, Timers timers) {
        this.connection = connection;
        this.limits = limits;
        this.timers = timers;
    }

    void start() {
        heardAt = timers.nanoTime();
        // Connections that were opened together shall not be pinged together.
        long interval = limits.heartbeatInterval().toNanos();
        schedule(this::checkSilence, interval - timers.jitter(1 + interval / 10));
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
        heardAt = timers.nanoTime();
    }

    private void schedule(Runnable check, long nanos) {
        timer = timers.schedule(check, nanos);
        if (stopped) {
            stop();
        }
    }

    private void checkSilence() {
        long interval = limits.heartbeatInterval().toNanos();
        long silence = timers.nanoTime() - heardAt;
        if (connection.deaf()) {
            schedule(this::checkSilence, interval);
        } else if (silence < interval - interval / 10) {
            schedule(this::checkSilence, interval - silence);
        } else {
            long pinged = timers.nanoTime();
            connection.heartbeat();
            awaitAnswer(pinged, limits.heartbeatTimeout().toNanos());
        }
    }

    /** Looks an interval later at the latest: behind an early answer the next Ping doesn't wait for a long timeout. */
    private void awaitAnswer(long pinged, long nanos) {
        schedule(
                () -> checkAnswer(pinged),
                Math.min(nanos, limits.heartbeatInterval().toNanos()));
    }

    private void checkAnswer(long pinged) {
        long left = pinged + limits.heartbeatTimeout().toNanos() - timers.nanoTime();
        if (heardAt - pinged >= 0 || connection.deaf()) {
            // The silence counts from the answer on, not from here.
            checkSilence();
        } else if (left > 0) {
            awaitAnswer(pinged, left);
        } else {
            connection.lost(new TimeoutException(
                    "heartbeat timeout: not a byte within " + limits.heartbeatTimeout() + " of a Ping"));
        }
    }
}
