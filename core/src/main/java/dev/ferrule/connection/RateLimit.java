package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.spi.Timers;
import org.jspecify.annotations.Nullable;

/** How many messages, and bytes of them, a peer may send in a second; as many at once. */
final class RateLimit {
    private final Limits limits;
    private final @Nullable TokenBucket messages;
    private final @Nullable TokenBucket bytes;

    private RateLimit(Limits limits, Timers timers) {
        this.limits = limits;
        this.messages = bucket(timers, limits.messagesPerSecond());
        this.bytes = bucket(timers, limits.bytesPerSecond());
    }

    /** Null if there is no such limit. */
    static @Nullable RateLimit of(Limits limits, Timers timers) {
        return limits.messagesPerSecond() == 0 && limits.bytesPerSecond() == 0 ? null : new RateLimit(limits, timers);
    }

    private static @Nullable TokenBucket bucket(Timers timers, long perSecond) {
        return perSecond == 0 ? null : new TokenBucket(timers, perSecond, perSecond);
    }

    /**
     * A frame of a message, or a piece of one, has been announced or has come.
     *
     * @param message whether the message begins with it
     * @param length its payload
     */
    void take(boolean message, long length) throws ProtocolException {
        if (message && messages != null && !messages.take(1)) {
            throw new ProtocolException(
                    CloseCode.POLICY_VIOLATION, "more than " + limits.messagesPerSecond() + " messages per second");
        }
        if (length > 0 && bytes != null && !bytes.take(length)) {
            throw new ProtocolException(
                    CloseCode.POLICY_VIOLATION,
                    "more than " + limits.bytesPerSecond() + " bytes of messages per second");
        }
    }
}
