package dev.ferrule.connection;

import dev.ferrule.spi.Timers;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The one scheduler of all connections, on the monotonic clock. */
public final class SystemTimers implements Timers {
    /** For all adapters that have no time of their own. */
    public static final Timers INSTANCE = new SystemTimers();

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "ferrule-timers");
        thread.setDaemon(true);
        return thread;
    });

    private SystemTimers() {
        // A cancelled timer would otherwise keep its connection in memory until it was due.
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Future<?> schedule(Runnable task, long nanos) {
        long delay = withSlack(nanoTime(), nanos);
        // The scheduler puts an object around each Runnable: 24 bytes for each idle connection.
        return task instanceof Callable<?> callable
                ? scheduler.schedule(callable, delay, TimeUnit.NANOSECONDS)
                : scheduler.schedule(task, delay, TimeUnit.NANOSECONDS);
    }

    /**
     * A long wait is made to end together with others: waking this thread, and then the engine's for each pong, costs several
     * times what a ping costs.
     */
    static long withSlack(long now, long nanos) {
        if (nanos < TimeUnit.SECONDS.toNanos(1)) {
            return nanos;
        }
        long mask = Long.highestOneBit(nanos / 64) - 1;
        return nanos + (mask & -(now + nanos));
    }

    @Override
    public long jitter(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }
}
