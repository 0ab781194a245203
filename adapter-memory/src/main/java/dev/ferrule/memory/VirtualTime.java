package dev.ferrule.memory;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A time that passes when it is told to. Tasks run one after another, on the thread of whoever lets time pass, in the order
 * in which they were given; timers in the order in which they are due.
 */
final class VirtualTime implements Schedule {
    /** So many tasks without time passing are no end in sight: two endpoints that answer each other, for instance. */
    private static final int MOST_AT_ONE_MOMENT = 250_000;

    private record Timer(long due, long number, FutureTask<?> task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
        }
    }

    /** Held by the thread that lets time pass. */
    private final ReentrantLock passing = new ReentrantLock();
    /** Guards the fields below, for moments. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long timersMade;
    private volatile long now;

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Future<?> schedule(Runnable task, long nanos) {
        FutureTask<?> future = new FutureTask<>(task, null) {
            @Override
            protected void setException(Throwable t) {
                super.setException(t);
                // Nobody asks a timer for its result: what it throws is for whoever lets time pass.
                execute(() -> rethrow(t));
            }
        };
        lock.lock();
        try {
            timers.removeIf(timer -> timer.task().isCancelled());
            timers.add(new Timer(now + Math.max(0, nanos), timersMade++, future));
        } finally {
            lock.unlock();
        }
        return future;
    }

    private static void rethrow(Throwable t) {
        if (t instanceof Error error) {
            throw error;
        }
        throw t instanceof RuntimeException e ? e : new IllegalStateException(t);
    }

    @Override
    public boolean goesOnByItself() {
        return false;
    }

    /** No spread: the same each time. */
    @Override
    public long jitter(long bound) {
        return 0;
    }

    /** Runs all that is due until then; time is then as late as that. */
    void advanceTo(long moment) {
        run(() -> false, moment);
        now = Math.max(now, moment);
    }

    /** Lets time pass until the condition holds, or until then; what is due at that moment has run, too. */
    boolean await(BooleanSupplier condition, long moment) {
        boolean holds = run(condition, moment);
        run(() -> false, now);
        return holds;
    }

    private boolean run(BooleanSupplier condition, long moment) {
        if (passing.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "time can't pass inside of a callback or a timer: it stands still until they return");
        }
        passing.lock();
        try {
            long since = now;
            for (int ran = 0; !condition.getAsBoolean(); ran++) {
                if (now != since) {
                    since = now;
                    ran = 0;
                }
                if (ran > MOST_AT_ONE_MOMENT) {
                    throw new IllegalStateException(MOST_AT_ONE_MOMENT
                            + " tasks have run without time passing: do two endpoints answer each other for ever?");
                }
                Runnable next = next(moment);
                if (next == null) {
                    return false;
                }
                next.run();
            }
            return true;
        } finally {
            passing.unlock();
        }
    }

    private @Nullable Runnable next(long moment) {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            if (task != null) {
                return task;
            }
            Timer timer = timers.peek();
            if (timer == null || timer.due() > moment) {
                return null;
            }
            timers.remove();
            now = Math.max(now, timer.due());
            return timer.task();
        } finally {
            lock.unlock();
        }
    }
}
