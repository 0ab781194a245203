package dev.ferrule.spi;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the threads of a pool, and wakes as few of these as will do. A thread that comes to a task behind which
 * others wait sends for the next one before it begins, until as many are at work as there are processors, two at least. More
 * come only when some of these are stuck, which is looked for each millisecond while tasks wait: so a burst of short tasks is
 * done by a few threads, and tasks that block hold up the others for milliseconds.
 *
 * <p>It is for an engine whose own threads must not run callbacks: to wake a thread for each of them costs more than most
 * callbacks do, and as many threads as the pool has, on fewer processors, cost several times that. Tasks start in the order
 * in which they were given; any number of them may run at the same time, up to the size of the pool. What a task throws is
 * left to the handler of its thread, and the tasks behind it go on.
 */
public final class HandoverExecutor implements Executor {
    /** So many tasks, then what else waits for a thread of the pool has its turn. */
    private static final int TASKS_PER_TURN = 64;
    /** So many threads are at work, besides those that are stuck. */
    private static final int ENOUGH = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final long LOOK_NANOS = 1_000_000;
    /** At one task for so many looks, a thread that waits for something is stuck. */
    private static final int BLOCKED_LOOKS = 2;
    /** For so many, any is: it may be busy, or wait in a way that doesn't show. A busy machine may keep it from its work as long. */
    private static final int LONG_LOOKS = 20;

    private final Executor pool;
    private final Timers timers;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean onItsWay = new AtomicBoolean();
    private final Runnable drain = this::drain;

    private final AtomicInteger atWork = new AtomicInteger();
    /** Of those at work. */
    private final AtomicInteger stuck = new AtomicInteger();
    /** As many as have ever been at work at once. */
    private final List<Worker> workers = new CopyOnWriteArrayList<>();

    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicInteger looks = new AtomicInteger();
    private final Runnable look = this::look;

    /**
     * Hands over to a pool.
     *
     * @param pool never runs a task on its caller's stack
     */
    public HandoverExecutor(Executor pool) {
        this(pool, Timers.system());
    }

    HandoverExecutor(Executor pool, Timers timers) {
        this.pool = pool;
        this.timers = timers;
    }

    /** A thread at work, or a place for one. */
    private static final class Worker {
        private static final int IDLE = -1;
        private static final int STUCK = -2;

        private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        /** At which look it began its task. */
        private final AtomicInteger since = new AtomicInteger(IDLE);

        boolean take(Thread by) {
            return thread.get() == null && thread.compareAndSet(null, by);
        }

        void leave() {
            thread.set(null);
        }

        void begins(int look) {
            since.set(look);
        }

        /** Says whether it was stuck. */
        boolean ends() {
            return since.getAndSet(IDLE) == STUCK;
        }

        /** Says whether it is stuck from now on. */
        boolean isStuck(int look) {
            int began = since.get();
            Thread at = thread.get();
            if (began < 0 || at == null || look - began < BLOCKED_LOOKS) {
                return false;
            }
            boolean waits = at.getState() != Thread.State.RUNNABLE;
            return (waits || look - began >= LONG_LOOKS) && since.compareAndSet(began, STUCK);
        }
    }

    /**
     * Runs a task soon.
     *
     * @param task what to run
     * @throws RejectedExecutionException if the pool refuses, and the task will not run
     */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        // A thread that is still at work may have taken it from a pool that is being stopped.
        if (!sendForNext() && tasks.remove(task)) {
            throw new RejectedExecutionException("the pool is being stopped");
        }
    }

    private void drain() {
        // In this order, so that whoever finds nobody on its way knows of this thread.
        atWork.incrementAndGet();
        onItsWay.set(false);
        while (true) {
            Worker worker = worker();
            turn(worker);
            worker.leave();
            atWork.decrementAndGet();
            // Something may have come while this thread seemed to be at work, or be left of its turn.
            if (tasks.isEmpty() || sendForNext()) {
                return;
            }
            atWork.incrementAndGet();
        }
    }

    private Worker worker() {
        Thread current = Thread.currentThread();
        for (Worker worker : workers) {
            if (worker.take(current)) {
                return worker;
            }
        }
        Worker made = new Worker();
        made.take(current);
        workers.add(made);
        return made;
    }

    private void turn(Worker worker) {
        for (int done = 0; done < TASKS_PER_TURN; done++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            if (!tasks.isEmpty()) {
                sendForNext();
            }
            worker.begins(looks.get());
            run(task);
            if (worker.ends()) {
                stuck.decrementAndGet();
            }
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        }
    }

    /** Sees to it that the tasks that wait are not left alone; false if the pool is being stopped. */
    private boolean sendForNext() {
        if (!enough() && !onItsWay.get() && onItsWay.compareAndSet(false, true)) {
            if (enough()) {
                // The one that was on its way has just come.
                onItsWay.set(false);
            } else {
                return send();
            }
        }
        if (enough()) {
            watch();
        }
        return true;
    }

    private boolean enough() {
        return atWork.get() - stuck.get() >= ENOUGH;
    }

    private boolean send() {
        try {
            pool.execute(drain);
            return true;
        } catch (RejectedExecutionException refused) {
            onItsWay.set(false);
            return false;
        }
    }

    private void watch() {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            var unused = timers.schedule(look, LOOK_NANOS);
        }
    }

    /** Looks for threads that are stuck, in whose place others are to come, for as long as tasks wait. */
    private void look() {
        int now = looks.incrementAndGet();
        for (Worker worker : workers) {
            if (worker.isStuck(now)) {
                stuck.incrementAndGet();
            }
        }
        watched.set(false);
        if (!tasks.isEmpty()) {
            // A pool that is being stopped sends nobody; those at work do what was accepted.
            sendForNext();
            watch();
        }
    }
}
