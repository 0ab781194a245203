package dev.ferrule.spi;

import dev.ferrule.connection.SystemTimers;
import java.util.concurrent.Future;

/**
 * The clock that core goes by, and the scheduler of its timers. An adapter with a time of its own, for tests for instance,
 * hands it in by {@link AdapterProvider#timers()}. All methods may be called from any thread and don't block.
 */
public interface Timers {
    /**
     * The time on a monotonic clock.
     *
     * @return nanoseconds since some moment, as {@link System#nanoTime()}
     */
    long nanoTime();

    /**
     * Runs a task later, on a thread of the scheduler's. Where it is a second or more until then, it may be by a sixty-fourth
     * of that later still, so that the tasks of many connections run together.
     *
     * @param task short, never blocks and doesn't throw
     * @param nanos how long from now
     * @return to cancel it, after which nothing keeps it in memory
     */
    Future<?> schedule(Runnable task, long nanos);

    /**
     * Spreads what would otherwise happen at the same time on many connections.
     *
     * @param bound at least 1
     * @return from 0 to the bound, exclusively: at random, or always the same where all is to be repeatable
     */
    long jitter(long bound);

    /**
     * The one scheduler of this process, on the monotonic clock of the system.
     *
     * @return the default of all adapters
     */
    static Timers system() {
        return SystemTimers.INSTANCE;
    }
}
