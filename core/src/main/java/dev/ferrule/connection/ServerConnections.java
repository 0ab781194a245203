package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Limits;
import dev.ferrule.Server.StopReport;
import dev.ferrule.ServerOptions;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ServerHandshake;
import dev.ferrule.spi.ServerExchange;
import dev.ferrule.spi.Timers;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The connections of a server: how many there may be, which there are, and how they all end. */
final class ServerConnections {
    /** Time for what was aborted to say so, before a stop no longer waits for it. */
    private static final long LAST_WAIT = TimeUnit.SECONDS.toNanos(2);

    private final Timers timers;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Set<ServerOpening> deciding = ConcurrentHashMap.newKeySet();
    /** Whether there is a timer for what takes too long to decide. */
    private final AtomicBoolean sweeping = new AtomicBoolean();

    private volatile @Nullable Future<?> sweep;
    /** Open connections and handshakes that are being decided; and the same by address, where that is limited. */
    private final AtomicInteger places = new AtomicInteger();

    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private final CompletableFuture<StopReport> stopped = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Future<?>> deadlines = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean late;

    ServerConnections(Timers timers) {
        this.timers = timers;
    }

    Timers timers() {
        return timers;
    }

    /** A handshake begins; null if there is no place for a further connection. */
    @Nullable
    ServerOpening begin(ServerOptions options, ServerExchange exchange, ServerHandshake.Valid valid, String path) {
        Limits limits = options.limits();
        if (places.incrementAndGet() > limits.connections() || stopping.get()) {
            release(null);
            return null;
        }
        ServerOpening opening = new ServerOpening(this, options, ServerRequest.of(exchange, valid, path), valid);
        InetAddress address = opening.counted();
        if (address != null && byAddress.merge(address, 1, Integer::sum) > limits.connectionsPerAddress()) {
            release(address);
            return null;
        }
        deciding.add(opening);
        if (sweeping.compareAndSet(false, true)) {
            sweep = timers.schedule(this::sweep, opening.left());
        }
        return opening;
    }

    /** One timer for all that are being decided: most are at once, and a timer of its own costs more than the rest of it. */
    private void sweep() {
        for (ServerOpening opening : deciding) {
            if (opening.left() <= 0) {
                opening.refuseLate();
            }
        }
        long next = soonest();
        if (next == Long.MAX_VALUE) {
            sweeping.set(false);
            // One may have begun since, and have found this timer running.
            next = soonest();
            if (next == Long.MAX_VALUE || !sweeping.compareAndSet(false, true)) {
                return;
            }
        }
        sweep = timers.schedule(this::sweep, next);
    }

    /** When the first of the decisions is due, in nanoseconds from now. */
    private long soonest() {
        long soonest = Long.MAX_VALUE;
        for (ServerOpening opening : deciding) {
            soonest = Math.min(soonest, Math.max(0, opening.left()));
        }
        return soonest;
    }

    /** A handshake is answered, one way or the other. */
    void decided(ServerOpening opening) {
        deciding.remove(opening);
    }

    /** A place is free again. */
    void release(@Nullable InetAddress address) {
        if (address != null) {
            byAddress.computeIfPresent(address, (same, number) -> number == 1 ? null : number - 1);
        }
        places.decrementAndGet();
        settle();
    }

    void opened(CoreConnection connection) {
        open.add(connection);
        if (stopping.get()) {
            connection.close(CloseCode.GOING_AWAY);
        }
        if (late) {
            connection.abort();
        }
    }

    void closed(CoreConnection connection, CloseEvent event, @Nullable InetAddress address) {
        if (open.remove(connection)) {
            if (stopping.get()) {
                (event.clean() ? closed : aborted).incrementAndGet();
            }
            release(address);
        }
    }

    Collection<Connection> open() {
        return Collections.unmodifiableSet(open);
    }

    CompletionStage<StopReport> stop(Duration grace) {
        if (stopping.compareAndSet(false, true)) {
            deadlines.add(timers.schedule(this::abortAll, grace.toNanos()));
            deadlines.add(timers.schedule(this::giveUp, grace.toNanos() + LAST_WAIT));
            open.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
            settle();
        }
        return stopped.copy();
    }

    private void abortAll() {
        late = true;
        deciding.forEach(ServerOpening::refuseLate);
        open.forEach(Connection::abort);
    }

    /** What still isn't over hangs in an endpoint or in the engine, and is dropped with the latter. */
    private void giveUp() {
        stopped.complete(new StopReport(closed.get(), aborted.get() + places.get()));
    }

    private void settle() {
        if (stopping.get() && places.get() == 0) {
            stopped.complete(new StopReport(closed.get(), aborted.get()));
            deadlines.forEach(timer -> timer.cancel(false));
            Future<?> last = sweep;
            if (last != null) {
                last.cancel(false);
            }
        }
    }
}
