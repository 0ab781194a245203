package dev.ferrule.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Things that cost much to make, or hold native memory, and that nobody uses for the moment. As many are kept as can be in
 * use at once, and those beyond are ended.
 */
final class Spares<T> {
    private static final int MAX = 2 * Runtime.getRuntime().availableProcessors();

    private final AtomicReferenceArray<@Nullable T> free = new AtomicReferenceArray<>(MAX);
    private final Supplier<T> make;
    private final Consumer<T> end;
    /** Made and not ended, spare or in use. */
    private final AtomicInteger live = new AtomicInteger();

    Spares(Supplier<T> make, Consumer<T> end) {
        this.make = make;
        this.end = end;
    }

    /** One for the caller alone, who gives it back whatever happens. */
    T borrow() {
        for (int i = 0; i < MAX; i++) {
            if (free.get(i) != null) {
                T spare = free.getAndSet(i, null);
                if (spare != null) {
                    return spare;
                }
            }
        }
        T made = make.get();
        live.incrementAndGet();
        return made;
    }

    void giveBack(T spare) {
        for (int i = 0; i < MAX; i++) {
            if (free.get(i) == null && free.compareAndSet(i, null, spare)) {
                return;
            }
        }
        live.decrementAndGet();
        end.accept(spare);
    }

    /** How many there are that somebody uses. */
    int inUse() {
        return live.get() - count();
    }

    int count() {
        int count = 0;
        for (int i = 0; i < MAX; i++) {
            count += free.get(i) == null ? 0 : 1;
        }
        return count;
    }
}
