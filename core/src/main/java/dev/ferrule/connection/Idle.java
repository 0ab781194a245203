package dev.ferrule.connection;

import dev.ferrule.protocol.CloseCode;
import dev.ferrule.spi.Timers;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Closes a connection on which no message has come or gone for a while. There only where that is wanted. */
final class Idle {
    private final CoreConnection connection;
    private final Timers timers;
    private final Duration timeout;
    private volatile long usedAt;
    private volatile @Nullable Future<?> timer;
    private volatile boolean stopped;

    private Idle(CoreConnection connection, Timers timers, Duration timeout) {
        this.connection = connection;
        this.timers = timers;
        this.timeout = timeout;
    }

    /** Null if idle connections may stay. */
    static @Nullable Idle of(CoreConnection connection, Timers timers, Duration timeout) {
        return timeout.isZero() ? null : new Idle(connection, timers, timeout);
    }

    void start() {
        used();
        schedule(timeout.toNanos());
    }

    void stop() {
        stopped = true;
        Future<?> last = timer;
        if (last != null) {
            last.cancel(false);
        }
    }

    /** A message has come or was sent. */
    void used() {
        usedAt = timers.nanoTime();
    }

    private void schedule(long nanos) {
        timer = timers.schedule(this::check, nanos);
        if (stopped) {
            stop();
        }
    }

    private void check() {
        long left = usedAt + timeout.toNanos() - timers.nanoTime();
        if (left > 0) {
            schedule(left);
        } else if (connection.busy()) {
            // The endpoint is at work on a message, or the peer has still to take one.
            schedule(timeout.toNanos());
        } else {
            connection.fail(
                    CloseCode.GOING_AWAY,
                    "idle",
                    new TimeoutException("idle timeout: no message in either direction for " + timeout));
        }
    }
}
