package dev.ferrule.micrometer;

import dev.ferrule.Connection;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The meters of all connections of one role: registered once, so that a message costs no look-up. */
final class RoleMeters {
    private final Clock clock;
    /** Since when each is open, in nanoseconds of the registry's clock. */
    private final ConcurrentMap<Connection, Long> open = new ConcurrentHashMap<>();

    private final DistributionSummary textReceived;
    private final DistributionSummary binaryReceived;
    private final DistributionSummary textSent;
    private final DistributionSummary binarySent;
    private final DistributionSummary dropped;
    private final Counter queueFull;
    private final Timer ping;

    RoleMeters(MeterRegistry registry, Tags tags) {
        clock = registry.config().clock();
        textReceived = bytes(registry, "ferrule.messages.received", tags.and("type", "text"));
        binaryReceived = bytes(registry, "ferrule.messages.received", tags.and("type", "binary"));
        textSent = bytes(registry, "ferrule.messages.sent", tags.and("type", "text"));
        binarySent = bytes(registry, "ferrule.messages.sent", tags.and("type", "binary"));
        dropped = bytes(registry, "ferrule.messages.dropped", tags);
        queueFull = Counter.builder("ferrule.queue.full").tags(tags).register(registry);
        ping = Timer.builder("ferrule.ping").tags(tags).register(registry);
        Gauge.builder("ferrule.connections", open, ConcurrentMap::size)
                .tags(tags)
                .register(registry);
        Gauge.builder("ferrule.queue.messages", this, RoleMeters::queuedMessages)
                .tags(tags)
                .register(registry);
        Gauge.builder("ferrule.queue.bytes", this, RoleMeters::queuedBytes)
                .tags(tags)
                .baseUnit("bytes")
                .register(registry);
    }

    private static DistributionSummary bytes(MeterRegistry registry, String name, Tags tags) {
        return DistributionSummary.builder(name).tags(tags).baseUnit("bytes").register(registry);
    }

    private double queuedMessages() {
        return open.keySet().stream().mapToInt(Connection::queuedMessages).sum();
    }

    private double queuedBytes() {
        return open.keySet().stream().mapToLong(Connection::queuedBytes).sum();
    }

    void opened(Connection connection) {
        open.put(connection, clock.monotonicTime());
    }

    void closed(Connection connection, Timer duration) {
        Long since = open.remove(connection);
        if (since != null) {
            duration.record(clock.monotonicTime() - since, TimeUnit.NANOSECONDS);
        }
    }

    void received(boolean text, long bytes) {
        (text ? textReceived : binaryReceived).record((double) bytes);
    }

    void sent(boolean text, long bytes) {
        (text ? textSent : binarySent).record((double) bytes);
    }

    void dropped(long bytes) {
        dropped.record((double) bytes);
    }

    void queueFull() {
        queueFull.increment();
    }

    void pong(Duration roundTrip) {
        ping.record(roundTrip);
    }
}
