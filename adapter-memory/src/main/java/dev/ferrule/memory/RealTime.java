package dev.ferrule.memory;

import dev.ferrule.spi.Timers;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time of the system, and threads that may block. */
final class RealTime implements Schedule {
    /** Started as they are needed: so many callbacks may block at a time before others wait. */
    private static final int MAX_THREADS = 256;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MAX_THREADS, MAX_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "ferrule-memory");
                thread.setDaemon(true);
                return thread;
            });

    RealTime() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public long nanoTime() {
        return Timers.system().nanoTime();
    }

    @Override
    public Future<?> schedule(Runnable task, long nanos) {
        return Timers.system().schedule(task, nanos);
    }

    @Override
    public long jitter(long bound) {
        return Timers.system().jitter(bound);
    }

    @Override
    public boolean goesOnByItself() {
        return true;
    }
}
