package dev.ferrule.spi;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks on the threads of a pool, and wakes as few of these as will do: one at a time is on its way, and one that comes
 * to a task behind which others wait sends for the next thread before it begins. So a burst of short tasks is done by the
 * thread or two that came first, and a task that blocks holds up nothing but its own thread.
 *
 * <p>It is for an engine whose own threads must not run callbacks: to wake a thread for each of them costs more than most
 * callbacks do. Tasks start in the order in which they were given; any number of them may run at the same time, up to the
 * size of the pool. What a task throws is left to
 * the handler of its thread, and the tasks behind it go on.
 */
public final class HandoverExecutor implements Executor {
    /** So many tasks, then what else waits for a thread of the pool has its turn. */
    private static final int TASKS_PER_TURN = 64;

    private final Executor pool;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean onItsWay = new AtomicBoolean();
    private final Runnable drain = this::drain;

    /**
     * Hands over to a pool.
     *
     * @param pool never runs a task on its caller's stack
     */
    public HandoverExecutor(Executor pool) {
        this.pool = pool;
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
        onItsWay.set(false);
        int done = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            if (!tasks.isEmpty()) {
                sendForNext();
            }
            run(task);
            if (++done >= TASKS_PER_TURN && sendForNext()) {
                return;
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

    /** Says whether another thread will go on; if the pool is being stopped, it won't. */
    private boolean sendForNext() {
        if (!onItsWay.get() && onItsWay.compareAndSet(false, true)) {
            try {
                pool.execute(drain);
            } catch (RejectedExecutionException refused) {
                onItsWay.set(false);
                return false;
            }
        }
        return true;
    }
}
