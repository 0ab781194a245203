package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.Observer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the observer of a connection what happens, and keeps from the connection what the observer throws. */
final class Observation {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.observer");

    private final Observer observer;
    private final CoreConnection connection;

    private Observation(Observer observer, CoreConnection connection) {
        this.observer = observer;
        this.connection = connection;
    }

    /** Null where nobody looks, so that nothing is done for nobody. */
    static @Nullable Observation of(@Nullable Observer observer, CoreConnection connection) {
        return observer == null ? null : new Observation(observer, connection);
    }

    static void tell(Observer observer, Consumer<Observer> event) {
        try {
            event.accept(observer);
        } catch (Throwable t) {
            LogOnce.error(LOG, "an observer threw", t);
        }
    }

    void opened() {
        tell(observer, to -> to.opened(connection));
    }

    void closed(CloseEvent event) {
        tell(observer, to -> to.closed(connection, event));
    }

    void received(boolean text, long bytes) {
        tell(observer, to -> to.received(connection, text, bytes));
    }

    void sent(boolean text, long bytes) {
        tell(observer, to -> to.sent(connection, text, bytes));
    }

    void queueFull(long bytes) {
        tell(observer, to -> to.queueFull(connection, bytes));
    }

    void dropped(long bytes) {
        tell(observer, to -> to.dropped(connection, bytes));
    }

    void pong(Duration roundTrip) {
        tell(observer, to -> to.pong(connection, roundTrip));
    }
}
