package dev.ferrule;

import java.time.Duration;
import java.util.function.Consumer;

/** Two observers that both see everything, whatever the first throws. */
record Observers(Observer first, Observer second) implements Observer {
    private void both(Consumer<Observer> event) {
        try {
            event.accept(first);
        } finally {
            event.accept(second);
        }
    }

    @Override
    public void opened(Connection connection) {
        both(observer -> observer.opened(connection));
    }

    @Override
    public void closed(Connection connection, CloseEvent event) {
        both(observer -> observer.closed(connection, event));
    }

    @Override
    public void refused(Refusal refusal) {
        both(observer -> observer.refused(refusal));
    }

    @Override
    public void received(Connection connection, boolean text, long bytes) {
        both(observer -> observer.received(connection, text, bytes));
    }

    @Override
    public void sent(Connection connection, boolean text, long bytes) {
        both(observer -> observer.sent(connection, text, bytes));
    }

    @Override
    public void queueFull(Connection connection, long bytes) {
        both(observer -> observer.queueFull(connection, bytes));
    }

    @Override
    public void dropped(Connection connection, long bytes) {
        both(observer -> observer.dropped(connection, bytes));
    }

    @Override
    public void pong(Connection connection, Duration roundTrip) {
        both(observer -> observer.pong(connection, roundTrip));
    }
}
