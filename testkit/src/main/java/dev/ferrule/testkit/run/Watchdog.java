package dev.ferrule.testkit.run;

import dev.ferrule.testkit.wire.WireConnection;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that nobody else can: a write to a peer that doesn't read blocks, and only a close from another
 * thread ends it.
 */
final class Watchdog {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Watchdog() {}

    static AutoCloseable guard(WireConnection connection, Duration time) {
        ScheduledFuture<?> alarm = TIMER.schedule(
                () -> {
                    connection.transcript().note("closed by force after " + time);
                    connection.close();
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> alarm.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "testkit-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
