package dev.ferrule.connection;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs failures, of one cause a line per second at most: what fails on each of ten thousand connections fills no disk. */
final class LogOnce {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_CAUSES = 256;
    private static final ConcurrentHashMap<Cause, Line> LINES = new ConcurrentHashMap<>();

    private LogOnce() {}

    /** What fails, how, and in which line of code. */
    private record Cause(
            String what, Class<?> type, @Nullable StackTraceElement where) {}

    private static final class Line {
        private final AtomicInteger unsaid = new AtomicInteger();
        private final long loggedAt = System.nanoTime();
    }

    static void error(Logger log, String what, Throwable failure) {
        error(log, what, what, failure);
    }

    /**
     * Logs a failure with its stack.
     *
     * @param what the same for all failures that are one cause
     * @param line what to log
     */
    static void error(Logger log, String what, String line, Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        Cause cause = new Cause(what, failure.getClass(), stack.length == 0 ? null : stack[0]);
        Line last = LINES.get(cause);
        if (last != null && System.nanoTime() - last.loggedAt < SECOND) {
            last.unsaid.incrementAndGet();
            return;
        }
        Line now = new Line();
        if (last == null ? LINES.putIfAbsent(cause, now) != null : !LINES.replace(cause, last, now)) {
            return;
        }
        if (LINES.size() > MAX_CAUSES) {
            LINES.values().removeIf(line2 -> now.loggedAt - line2.loggedAt >= SECOND);
        }
        int unsaid = last == null ? 0 : last.unsaid.get();
        log.error(unsaid == 0 ? line : line + " (and " + unsaid + " more like it)", failure);
    }

    /** Begins anew, as every test does. */
    static void forget() {
        LINES.clear();
    }
}
