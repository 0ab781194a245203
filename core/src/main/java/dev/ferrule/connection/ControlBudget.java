package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.spi.Timers;

/** How many control frames a peer may send. */
final class ControlBudget {
    private final Limits limits;
    private final TokenBucket bucket;

    ControlBudget(Limits limits, Timers timers) {
        this.limits = limits;
        this.bucket = new TokenBucket(timers, limits.controlFramesPerSecond(), limits.controlFrameBurst());
    }

    void take() throws ProtocolException {
        if (!bucket.take(1)) {
            throw new ProtocolException(
                    CloseCode.POLICY_VIOLATION,
                    "more than " + limits.controlFramesPerSecond() + " control frames per second, after a burst of "
                            + limits.controlFrameBurst() + " (RFC 6455 section 10.4)");
        }
    }
}
