package dev.ferrule.connection;

import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.spi.Timers;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of a message that the queue had no room for, by the connection's policy. Nothing else comes here. */
final class Overflow {
    /** Set on threads that run a callback which must not block. */
    private static final ThreadLocal<Boolean> FORBIDDEN = new ThreadLocal<>();

    private final CoreConnection connection;
    private final SendPolicy policy;
    private final Timers timers;
    /** Guarded by the lock of the sending side. */
    private long droppedMessages;

    private long droppedBytes;

    Overflow(CoreConnection connection, SendPolicy policy, Timers timers) {
        this.connection = connection;
        this.policy = policy;
        this.timers = timers;
    }

    /** A callback that must not block begins or ends on this thread. */
    static void forbidWaiting(boolean forbidden) {
        if (forbidden) {
            FORBIDDEN.set(true);
        } else {
            FORBIDDEN.remove();
        }
    }

    static boolean waitingAllowed() {
        return FORBIDDEN.get() == null;
    }

    /**
     * A send was refused.
     *
     * @param refused why
     * @param size the payload of the message
     * @param mayWait whether the sender may be kept waiting
     * @param again tries once more
     * @return why the message is not accepted after all, or null if it is
     */
    @Nullable
    Reason refused(Reason refused, int size, boolean mayWait, Supplier<@Nullable Reason> again) {
        if (refused != Reason.QUEUE_FULL) {
            return refused;
        }
        connection.queueFull(size);
        if (policy instanceof SendPolicy.DropNewest) {
            connection.dropped(size);
            return Reason.DROPPED;
        }
        if (policy instanceof SendPolicy.Close) {
            connection.fail(CloseCode.POLICY_VIOLATION, "reads too slowly", full(size));
            return refused;
        }
        if (policy instanceof SendPolicy.Block block && mayWait && connection.mayWaitHere()) {
            return await(size, block.deadline().toNanos(), again);
        }
        return refused;
    }

    void dropped(int size) {
        Outbound outbound = connection.outbound();
        outbound.lock.lock();
        try {
            droppedMessages++;
            droppedBytes += size;
        } finally {
            outbound.lock.unlock();
        }
    }

    long droppedMessages() {
        Outbound outbound = connection.outbound();
        outbound.lock.lock();
        try {
            return droppedMessages;
        } finally {
            outbound.lock.unlock();
        }
    }

    long droppedBytes() {
        Outbound outbound = connection.outbound();
        outbound.lock.lock();
        try {
            return droppedBytes;
        } finally {
            outbound.lock.unlock();
        }
    }

    private SendException full(int size) {
        return connection.outbound().refusal(Reason.QUEUE_FULL, size);
    }

    private @Nullable Reason await(int size, long nanos, Supplier<@Nullable Reason> again) {
        Outbound outbound = connection.outbound();
        long deadline = timers.nanoTime() + nanos;
        // Wakes the sender at the deadline, by the connection's own time.
        Future<?> timer = timers.schedule(outbound::wakeSenders, nanos);
        try {
            while (true) {
                // A callback that waits here would else keep what it has sent from leaving.
                outbound.flush();
                outbound.awaitRoom(size, () -> deadline - timers.nanoTime() <= 0);
                Reason reason = again.get();
                if (reason != Reason.QUEUE_FULL || deadline - timers.nanoTime() <= 0) {
                    return reason;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reason.QUEUE_FULL;
        } finally {
            timer.cancel(false);
        }
    }
}
