package dev.ferrule.connection;

import dev.ferrule.SendException;
import dev.ferrule.spi.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The pings of an application whose pongs are awaited. A pong answers its ping and all before it (RFC 6455 5.5.3). */
final class Pings {
    private static final int MAX_AWAITED = 64;

    private record Awaited(ByteBuffer payload, long since, CompletableFuture<Duration> stage) {}

    private final CoreConnection connection;
    private final Timers timers;
    /** Guarded by the lock of the sending side. */
    private @Nullable ArrayDeque<Awaited> awaited;

    Pings(CoreConnection connection, Timers timers) {
        this.connection = connection;
        this.timers = timers;
    }

    /** One of its own would cost each idle connection 48 bytes. */
    private ReentrantLock lock() {
        return connection.outbound().lock;
    }

    CompletableFuture<Duration> expect(ByteBuffer payload) {
        CompletableFuture<Duration> stage = new CompletableFuture<>();
        lock().lock();
        try {
            awaited = awaited == null ? new ArrayDeque<>(2) : awaited;
            if (connection.over() || awaited.size() == MAX_AWAITED) {
                stage.completeExceptionally(new SendException(
                        connection.over() ? SendException.Reason.NOT_OPEN : SendException.Reason.QUEUE_FULL,
                        connection.over()
                                ? "connection is not open"
                                : MAX_AWAITED + " pings wait for their pongs already",
                        null));
            } else {
                awaited.add(new Awaited(Outgoing.copy(payload), timers.nanoTime(), stage));
            }
        } finally {
            lock().unlock();
        }
        return stage;
    }

    /** The ping could not be sent. */
    @SuppressWarnings("UndefinedEquals") // the very same stage
    void withdraw(CompletableFuture<Duration> stage, boolean open) {
        lock().lock();
        try {
            if (awaited != null) {
                awaited.removeIf(ping -> ping.stage().equals(stage));
            }
        } finally {
            lock().unlock();
        }
        stage.completeExceptionally(new SendException(
                open ? SendException.Reason.QUEUE_FULL : SendException.Reason.NOT_OPEN,
                open ? "the ping could not be sent: too many control frames wait" : "connection is not open",
                null));
    }

    /** The round-trip time of the last ping that was answered, or null if there was none. */
    @Nullable
    Duration pong(ByteBuffer payload) {
        long now = timers.nanoTime();
        List<Awaited> answered = new ArrayList<>();
        lock().lock();
        try {
            if (awaited != null
                    && awaited.stream().anyMatch(ping -> ping.payload().equals(payload))) {
                boolean last;
                do {
                    Awaited ping = awaited.remove();
                    last = ping.payload().equals(payload);
                    answered.add(ping);
                } while (!last);
            }
        } finally {
            lock().unlock();
        }
        if (answered.isEmpty()) {
            return null;
        }
        Duration last = Duration.ofNanos(now - answered.get(answered.size() - 1).since());
        // Before anybody who waited for the pong can ask.
        connection.roundTrip(last);
        connection
                .completions()
                .add(() -> answered.forEach(ping -> ping.stage().complete(Duration.ofNanos(now - ping.since()))));
        return last;
    }

    void fail(@Nullable Throwable cause) {
        List<Awaited> failed;
        lock().lock();
        try {
            failed = awaited == null ? List.of() : List.copyOf(awaited);
            awaited = null;
        } finally {
            lock().unlock();
        }
        if (!failed.isEmpty()) {
            SendException failure =
                    new SendException(SendException.Reason.NOT_OPEN, "connection ended before the pong came", cause);
            connection
                    .completions()
                    .add(() -> failed.forEach(ping -> ping.stage().completeExceptionally(failure)));
        }
    }
}
