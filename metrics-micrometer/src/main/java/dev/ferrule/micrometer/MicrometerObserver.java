package dev.ferrule.micrometer;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Observer;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Counts what happens on connections, for Micrometer:
 *
 * <pre>{@code
 * Ferrule.server().observe(new MicrometerObserver(registry))...
 * }</pre>
 *
 * <table>
 * <caption>Meters; each has the tag {@code role} (server, client)</caption>
 * <tr><th>name</th><th>what</th><th>further tags</th></tr>
 * <tr><td>{@code ferrule.connections}</td><td>gauge: connections that are open</td><td></td></tr>
 * <tr><td>{@code ferrule.connections.closed}</td><td>timer: how long connections were open</td>
 *     <td>{@code code}, {@code initiator} (local, peer, transport)</td></tr>
 * <tr><td>{@code ferrule.handshakes.refused}</td><td>counter: opening handshakes that failed</td><td>{@code status}</td></tr>
 * <tr><td>{@code ferrule.messages.received}</td><td>summary: bytes of messages</td><td>{@code type} (text, binary)</td></tr>
 * <tr><td>{@code ferrule.messages.sent}</td><td>summary: bytes of messages</td><td>{@code type} (text, binary)</td></tr>
 * <tr><td>{@code ferrule.messages.dropped}</td><td>summary: bytes of messages that a send policy dropped</td><td></td></tr>
 * <tr><td>{@code ferrule.queue.full}</td><td>counter: messages that found no room in their send queue</td><td></td></tr>
 * <tr><td>{@code ferrule.queue.messages}</td><td>gauge: messages in all send queues</td><td></td></tr>
 * <tr><td>{@code ferrule.queue.bytes}</td><td>gauge: bytes in all send queues</td><td></td></tr>
 * <tr><td>{@code ferrule.ping}</td><td>timer: from a Ping to its Pong</td><td></td></tr>
 * </table>
 *
 * <p>No tag is what a peer or an application may choose at will: a close code is one of those of RFC 6455 section 7.4.1, or
 * {@code 3xxx}, {@code 4xxx} or {@code other}; a status is one that is usual for a refusal, or {@code 4xx} and the like, or
 * {@code none} if there was no response. One observer serves any number of servers and clients, from any thread; with a
 * second one on the same registry the gauges show the first.
 */
public final class MicrometerObserver implements Observer {
    private static final Set<Integer> STATUSES =
            Set.of(400, 401, 403, 404, 405, 426, 429, 431, 500, 502, 503, 504, 505);

    private final MeterRegistry registry;
    private final Tags common;
    private final Map<Role, RoleMeters> meters = new EnumMap<>(Role.class);

    /**
     * An observer without further tags.
     *
     * @param registry gets the meters
     */
    public MicrometerObserver(MeterRegistry registry) {
        this(registry, Tags.empty());
    }

    /**
     * An observer whose meters have further tags.
     *
     * @param registry gets the meters
     * @param tags of all of them, the name of the server for instance
     */
    public MicrometerObserver(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = registry;
        this.common = Tags.of(tags);
        for (Role role : Role.values()) {
            meters.put(role, new RoleMeters(registry, tags(role)));
        }
    }

    private Tags tags(Role role) {
        return common.and("role", role.name().toLowerCase(Locale.ROOT));
    }

    private RoleMeters of(Role role) {
        RoleMeters found = meters.get(role);
        if (found == null) {
            throw new IllegalStateException("no meters for role " + role);
        }
        return found;
    }

    @Override
    public void opened(Connection connection) {
        of(connection.role()).opened(connection);
    }

    @Override
    public void closed(Connection connection, CloseEvent event) {
        Tags tags = tags(connection.role())
                .and("code", code(event.code()))
                .and("initiator", event.initiator().name().toLowerCase(Locale.ROOT));
        of(connection.role()).closed(connection, registry.timer("ferrule.connections.closed", tags));
    }

    @Override
    public void refused(Refusal refusal) {
        registry.counter("ferrule.handshakes.refused", tags(refusal.role()).and("status", status(refusal.status())))
                .increment();
    }

    @Override
    public void received(Connection connection, boolean text, long bytes) {
        of(connection.role()).received(text, bytes);
    }

    @Override
    public void sent(Connection connection, boolean text, long bytes) {
        of(connection.role()).sent(text, bytes);
    }

    @Override
    public void queueFull(Connection connection, long bytes) {
        of(connection.role()).queueFull();
    }

    @Override
    public void dropped(Connection connection, long bytes) {
        of(connection.role()).dropped(bytes);
    }

    @Override
    public void pong(Connection connection, Duration roundTrip) {
        of(connection.role()).pong(roundTrip);
    }

    private static String code(CloseCode code) {
        int value = code.value();
        if (value >= 1000 && value <= 1015) {
            return Integer.toString(value);
        }
        return value >= 3000 && value <= 4999 ? value / 1000 + "xxx" : "other";
    }

    private static String status(int status) {
        if (status == 0) {
            return "none";
        }
        boolean known = STATUSES.contains(status);
        return known ? Integer.toString(status) : status >= 100 && status <= 599 ? status / 100 + "xx" : "other";
    }
}
