package dev.ferrule.connection;

import dev.ferrule.Callbacks;
import dev.ferrule.SendPolicy;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Serialises the callbacks of a connection by a role: whoever raises {@code signals} from zero runs {@link #run()}, now or on
 * an executor, and goes on until it has seen all signals. Everything that only the holder of the role touches needs no lock.
 */
abstract class CallbackRole implements Runnable {
    private static final AtomicIntegerFieldUpdater<CallbackRole> SIGNALS =
            AtomicIntegerFieldUpdater.newUpdater(CallbackRole.class, "signals");

    private final Executor executor;
    private final boolean engineMayRun;
    /** Whether sends that would wait must not do so in callbacks. */
    private final boolean forbidsWaiting;

    private volatile int signals;
    private volatile @Nullable Thread cycle;

    CallbackRole(Callbacks callbacks, SendPolicy policy, Executor workers, boolean eventsMayBlock) {
        Executor chosen = callbacks.executor();
        this.executor = chosen != null ? chosen : workers;
        this.engineMayRun = chosen == null && (callbacks.inline() || eventsMayBlock);
        this.forbidsWaiting = callbacks.inline() && policy instanceof SendPolicy.Block;
    }

    /** Handles what has happened. */
    abstract void work();

    /** What was sent while something was handled may leave now. */
    abstract void cycleEnds();

    /** Something has happened that the holder of the role must see; called by the engine. */
    final void signalFromEngine() {
        if (SIGNALS.getAndIncrement(this) == 0) {
            if (engineMayRun) {
                run();
            } else {
                Fallback.execute(executor, this);
            }
        }
    }

    /** Whether the engine's threads may not run callbacks, so that these need another thread. */
    final boolean hops() {
        return !engineMayRun;
    }

    /** Takes the role, if nobody has it; {@link #handOver} or {@link #disclaim} must follow. */
    final boolean claim() {
        return SIGNALS.compareAndSet(this, 0, 1);
    }

    /** Gives the role back, unless something has happened since {@link #claim}. */
    final boolean disclaim() {
        return SIGNALS.compareAndSet(this, 1, 0);
    }

    /** Hands the role that was claimed to a thread that may run callbacks. */
    final void handOver() {
        Fallback.execute(executor, this);
    }

    /** Something has happened that the holder of the role must see; nothing of it runs on the caller's stack. */
    final void signal() {
        if (SIGNALS.getAndIncrement(this) == 0) {
            Fallback.execute(executor, this);
        }
    }

    @Override
    public final void run() {
        int seen;
        do {
            seen = signals;
            cycle = Thread.currentThread();
            if (forbidsWaiting) {
                Overflow.forbidWaiting(true);
            }
            try {
                work();
            } finally {
                cycle = null;
                if (forbidsWaiting) {
                    Overflow.forbidWaiting(false);
                }
            }
            cycleEnds();
        } while (!SIGNALS.compareAndSet(this, seen, 0));
    }

    /** Whether the current thread is inside of a cycle of this connection, at whose end it flushes. */
    final boolean inCycle() {
        return cycle == Thread.currentThread();
    }

    /** Whether somebody has the role. */
    final boolean atWork() {
        return signals != 0;
    }
}
