package dev.ferrule.connection;

import dev.ferrule.SendException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Completes the stages of one connection, one after another in the order in which they were given, on threads that may
 * block: never on the stack of a sender, never on an engine's selector.
 */
final class Completions implements Runnable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Executor executor;
    private final ArrayDeque<Runnable> due = new ArrayDeque<>(1);
    private boolean running;

    Completions(Executor executor) {
        this.executor = executor;
    }

    void succeed(Collection<CompletableFuture<Void>> stages) {
        if (!stages.isEmpty()) {
            List<CompletableFuture<Void>> copy = List.copyOf(stages);
            add(() -> copy.forEach(stage -> stage.complete(null)));
        }
    }

    void fail(Collection<CompletableFuture<Void>> stages, @Nullable Throwable cause) {
        if (!stages.isEmpty()) {
            List<CompletableFuture<Void>> copy = List.copyOf(stages);
            add(() -> copy.forEach(stage -> stage.completeExceptionally(new SendException(
                    SendException.Reason.NOT_OPEN, "connection ended before the message had left", cause))));
        }
    }

    void add(Runnable completion) {
        lock.lock();
        try {
            due.add(completion);
            if (running) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        Fallback.execute(executor, this);
    }

    @Override
    public void run() {
        for (; ; ) {
            Runnable next;
            lock.lock();
            try {
                next = due.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            } finally {
                lock.unlock();
            }
            next.run();
        }
    }
}
