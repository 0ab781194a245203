package dev.ferrule.connection;

import dev.ferrule.SendException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Completes the stages of one connection, one after another in the order in which they were given, on threads that may
 * block: never on the stack of a sender, never on an engine's selector.
 */
final class Completions implements Runnable {
    private final CoreConnection connection;
    private final Executor executor;
    /** Made when it is needed: many connections never complete a stage. */
    private @Nullable ArrayDeque<Runnable> due;

    private boolean running;
    /** Where messages may be dropped: all stages that are open, in the order in which their messages were accepted. */
    private @Nullable ArrayDeque<CompletableFuture<Void>> accepted;
    /** Those of them whose turn has not come, with their failures. */
    private @Nullable IdentityHashMap<CompletableFuture<Void>, Optional<SendException>> settled;

    Completions(CoreConnection connection, Executor executor) {
        this.connection = connection;
        this.executor = executor;
    }

    /** That of the sending side: one of its own would cost each idle connection 48 bytes. */
    private ReentrantLock lock() {
        return connection.outbound().lock;
    }

    static void succeed(CoreConnection connection, Collection<CompletableFuture<Void>> stages) {
        if (!stages.isEmpty()) {
            connection.completions().succeed(stages);
        }
    }

    static void fail(CoreConnection connection, Collection<CompletableFuture<Void>> stages, @Nullable Throwable cause) {
        if (!stages.isEmpty()) {
            connection.completions().fail(stages, cause);
        }
    }

    private void succeed(Collection<CompletableFuture<Void>> stages) {
        if (!settle(stages, null)) {
            List<CompletableFuture<Void>> copy = List.copyOf(stages);
            add(() -> copy.forEach(stage -> stage.complete(null)));
        }
    }

    private void fail(Collection<CompletableFuture<Void>> stages, @Nullable Throwable cause) {
        SendException failure =
                new SendException(SendException.Reason.NOT_OPEN, "connection ended before the message had left", cause);
        if (!settle(stages, failure)) {
            List<CompletableFuture<Void>> copy = List.copyOf(stages);
            add(() -> copy.forEach(stage -> stage.completeExceptionally(failure)));
        }
    }

    /** With the lock of the sending side: a message was accepted that may be dropped, or that may follow such a one. */
    void accepted(@Nullable CompletableFuture<Void> stage) {
        if (stage == null) {
            return;
        }
        lock().lock();
        try {
            if (accepted == null) {
                accepted = new ArrayDeque<>();
                settled = new IdentityHashMap<>();
            }
            accepted.add(stage);
        } finally {
            lock().unlock();
        }
    }

    /** A message was dropped; its stage completes when its turn comes. */
    void drop(CompletableFuture<Void> stage) {
        settle(
                List.of(stage),
                new SendException(SendException.Reason.DROPPED, "dropped by the send policy of the connection", null));
    }

    /** Completes stages in the order of their messages; false if there is no other order than that of the calls. */
    private boolean settle(Collection<CompletableFuture<Void>> stages, @Nullable SendException failure) {
        lock().lock();
        try {
            if (accepted == null || settled == null) {
                return false;
            }
            for (CompletableFuture<Void> stage : stages) {
                settled.put(stage, Optional.ofNullable(failure));
            }
            for (CompletableFuture<Void> first = accepted.peek(); first != null; first = accepted.peek()) {
                Optional<SendException> why = settled.remove(first);
                if (why == null) {
                    break;
                }
                CompletableFuture<Void> stage = accepted.remove();
                add(() -> why.ifPresentOrElse(stage::completeExceptionally, () -> stage.complete(null)));
            }
            return true;
        } finally {
            lock().unlock();
        }
    }

    void add(Runnable completion) {
        lock().lock();
        try {
            due = due == null ? new ArrayDeque<>(1) : due;
            due.add(completion);
            if (running) {
                return;
            }
            running = true;
        } finally {
            lock().unlock();
        }
        Fallback.execute(executor, this);
    }

    @Override
    public void run() {
        for (; ; ) {
            @Nullable Runnable next;
            lock().lock();
            try {
                next = due == null ? null : due.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            } finally {
                lock().unlock();
            }
            next.run();
        }
    }
}
