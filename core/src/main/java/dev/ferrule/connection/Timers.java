package dev.ferrule.connection;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one scheduler of all connections, on the monotonic clock. Its tasks are short and never block. */
final class Timers {
    private static final ScheduledThreadPoolExecutor SCHEDULER = scheduler();

    private Timers() {}

    private static ScheduledThreadPoolExecutor scheduler() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ferrule-timers");
            thread.setDaemon(true);
            return thread;
        });
        // A cancelled timer would otherwise keep its connection in memory until it was due.
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    static Future<?> schedule(Runnable task, long nanos) {
        return SCHEDULER.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** For what is left to run even if nobody waits for it any more. */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks don't throw
    static void run(Runnable task, long nanos) {
        SCHEDULER.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
}
