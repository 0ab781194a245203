package dev.ferrule.connection;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks that must not be lost. An engine that is being stopped refuses tasks; onClose and completions still have to
 * come, so then a thread is started for them.
 */
final class Fallback {
    private Fallback() {}

    static void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException stopped) {
            Thread thread = new Thread(task, "ferrule-late-callbacks");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
