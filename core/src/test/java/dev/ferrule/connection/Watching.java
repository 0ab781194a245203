package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Observer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An observer that writes down what it is told. */
final class Watching implements Observer {
    final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public void opened(Connection connection) {
        seen.add("opened");
    }

    @Override
    public void closed(Connection connection, CloseEvent event) {
        seen.add("closed " + event.code().value());
    }

    @Override
    public void refused(Refusal refusal) {
        seen.add("refused " + refusal.role() + " " + refusal.status() + " " + refusal.path());
    }

    @Override
    public void received(Connection connection, boolean text, long bytes) {
        seen.add("received " + (text ? "text " : "binary ") + bytes);
    }

    @Override
    public void sent(Connection connection, boolean text, long bytes) {
        seen.add("sent " + (text ? "text " : "binary ") + bytes);
    }

    @Override
    public void queueFull(Connection connection, long bytes) {
        seen.add("full " + bytes);
    }

    @Override
    public void dropped(Connection connection, long bytes) {
        seen.add("dropped " + bytes);
    }

    @Override
    public void pong(Connection connection, Duration roundTrip) {
        seen.add("pong " + roundTrip.toMillis());
    }
}
