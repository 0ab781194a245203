package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.spi.Timers;

/** How many control frames a peer may send: a bucket of tokens that fills with time. */
final class ControlBudget {
    private final Limits limits;
    private final Timers timers;
    private int tokens;
    private long filledAt;

    ControlBudget(Limits limits, Timers timers) {
        this.limits = limits;
        this.timers = timers;
        this.tokens = limits.controlFrameBurst();
    }

    void take() throws ProtocolException {
        if (tokens == 0) {
            fill();
        } else if (tokens == limits.controlFrameBurst()) {
            filledAt = timers.nanoTime();
        }
        if (tokens == 0) {
            throw new ProtocolException(
                    CloseCode.POLICY_VIOLATION,
                    "more than " + limits.controlFramesPerSecond() + " control frames per second, after a burst of "
                            + limits.controlFrameBurst() + " (RFC 6455 section 10.4)");
        }
        tokens--;
    }

    /** Looks at the clock only when the bucket is empty, so that a ping now and then costs nothing. */
    private void fill() {
        long now = timers.nanoTime();
        double due = (now - filledAt) / 1e9 * limits.controlFramesPerSecond();
        tokens = (int) Math.min(due, limits.controlFrameBurst());
        if (tokens > 0) {
            filledAt = now;
        }
    }
}
