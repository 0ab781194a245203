package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Server.StopReport;
import dev.ferrule.ServerOptions;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ServerHandshake;
import dev.ferrule.spi.ServerExchange;
import dev.ferrule.spi.Timers;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The connections of a server: how many there may be, which there are, and how they all end. */
final class ServerConnections {
    private final Timers timers;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Open connections and handshakes that are being decided. */
    private final AtomicInteger places = new AtomicInteger();

    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private final CompletableFuture<StopReport> stopped = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile @Nullable Future<?> deadline;

    ServerConnections(Timers timers) {
        this.timers = timers;
    }

    Timers timers() {
        return timers;
    }

    /** A handshake begins; null if there is no place for a further connection. */
    @Nullable
    ServerOpening begin(ServerOptions options, ServerExchange exchange, ServerHandshake.Valid valid) {
        if (places.incrementAndGet() > options.limits().connections() || stopping) {
            release();
            return null;
        }
        return new ServerOpening(this, options, ServerRequest.of(exchange, valid), valid);
    }

    void release() {
        places.decrementAndGet();
        settle();
    }

    void opened(CoreConnection connection) {
        open.add(connection);
        if (stopping) {
            connection.close(CloseCode.GOING_AWAY);
        }
    }

    void closed(CoreConnection connection, CloseEvent event) {
        if (open.remove(connection)) {
            if (stopping) {
                (event.clean() ? closed : aborted).incrementAndGet();
            }
            release();
        }
    }

    Collection<Connection> open() {
        return Collections.unmodifiableSet(open);
    }

    CompletionStage<StopReport> stop(Duration grace) {
        stopping = true;
        open.forEach(connection -> connection.close(CloseCode.GOING_AWAY));
        deadline = timers.schedule(() -> open.forEach(Connection::abort), grace.toNanos());
        settle();
        return stopped.copy();
    }

    private void settle() {
        if (stopping && places.get() == 0) {
            Future<?> timer = deadline;
            if (timer != null) {
                timer.cancel(false);
            }
            stopped.complete(new StopReport(closed.get(), aborted.get()));
        }
    }
}
