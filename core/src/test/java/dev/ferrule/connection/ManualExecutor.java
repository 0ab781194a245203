package dev.ferrule.connection;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/** Runs tasks on the thread of the test, when the test says so: nothing happens behind its back. */
final class ManualExecutor implements Executor {
    /** Far more than anything here takes, on a busy machine too. */
    static final long PATIENCE_SECONDS = 30;

    private static final long LONGEST_MILLIS = 100_000;

    /** The time of what runs here. */
    final ManualClock clock = new ManualClock();

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    int waiting() {
        return tasks.size();
    }

    /** Runs what waits, and what comes of that. */
    void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Runs what waits, and moves the time on when nothing does, until the condition holds. */
    void runUntil(BooleanSupplier done) {
        runAll();
        for (long millis = 0; !done.getAsBoolean(); millis++) {
            if (millis == LONGEST_MILLIS) {
                throw new AssertionError("did not happen within " + LONGEST_MILLIS + " ms of the test's time");
            }
            clock.advance(Duration.ofMillis(1));
            runAll();
        }
    }
}
