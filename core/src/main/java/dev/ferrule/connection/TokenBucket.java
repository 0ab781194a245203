package dev.ferrule.connection;

import dev.ferrule.spi.Timers;

/** So much per second, and so much at once. Of one thread at a time; looks at the clock only when it is empty or full. */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Timers timers;
    private final double perNano;
    private final long capacity;
    private long tokens;
    private long filledAt;

    TokenBucket(Timers timers, long perSecond, long capacity) {
        this.timers = timers;
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.capacity = capacity;
        this.tokens = capacity;
    }

    /** Takes tokens, if there is one: what is more than there are is owed, so that what is large may pass at times, too. */
    boolean take(long number) {
        if (tokens <= 0) {
            fill();
        } else if (tokens == capacity) {
            filledAt = timers.nanoTime();
        }
        if (tokens <= 0) {
            return false;
        }
        tokens -= number;
        return true;
    }

    private void fill() {
        long now = timers.nanoTime();
        long due = (long) ((now - filledAt) * perNano);
        if (due > 0) {
            tokens = Math.min(tokens + due, capacity);
            filledAt = tokens == capacity ? now : filledAt + (long) (due / perNano);
        }
    }
}
