package dev.ferrule.connection;

import dev.ferrule.spi.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Time that stands still until the test moves it; then what is due runs, on the thread of the test and in its order. */
final class ManualClock implements Timers {
    private record Timer(long at, long number, Runnable task, CompletableFuture<Void> handle) {}

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
    private long now = 1_000;
    private long scheduled;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Future<?> schedule(Runnable task, long nanos) {
        Timer timer = new Timer(now + Math.max(0, nanos), scheduled++, task, new CompletableFuture<>());
        timers.add(timer);
        return timer.handle();
    }

    @Override
    public long jitter(long bound) {
        return 0;
    }

    /** What is due by then runs, each at its own time. */
    void advance(Duration time) {
        long end = nanoTime() + time.toNanos();
        for (Timer due = next(end); due != null; due = next(end)) {
            due.task().run();
        }
    }

    private synchronized Timer next(long end) {
        while (!timers.isEmpty() && timers.peek().at() <= end) {
            Timer timer = timers.remove();
            if (!timer.handle().isCancelled()) {
                now = timer.at();
                return timer;
            }
        }
        now = end;
        return null;
    }

    /** How many timers are set. */
    synchronized long waiting() {
        return timers.stream().filter(timer -> !timer.handle().isCancelled()).count();
    }
}
