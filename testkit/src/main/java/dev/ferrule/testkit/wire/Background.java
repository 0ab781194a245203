package dev.ferrule.testkit.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read from peers, used again and again: a run opens thousands of connections, most of them for
 * milliseconds, and to start a thread for each would cost as much as all the rest.
 */
final class Background {
    private static final int IDLE_SECONDS = 5;

    private static final Executor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "testkit-wire");
                thread.setDaemon(true);
                return thread;
            });

    private Background() {}

    /** Runs it at once, on a thread of its own until it returns. */
    static void run(Runnable task) {
        THREADS.execute(task);
    }
}
