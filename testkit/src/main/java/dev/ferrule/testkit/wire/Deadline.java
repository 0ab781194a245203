package dev.ferrule.testkit.wire;

import java.time.Duration;

/**
 * A moment after which waiting is pointless.
 *
 * @param nanoTime that moment on the clock of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
    /**
     * {@return the moment that long from now}
     *
     * @param patience how long
     */
    public static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    /** {@return the nanoseconds left, negative when it is over} */
    public long remaining() {
        return nanoTime - System.nanoTime();
    }
}
