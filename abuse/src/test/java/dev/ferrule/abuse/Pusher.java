package dev.ferrule.abuse;

import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Message;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** One thread that offers messages to all connections in turn, and doesn't care whether they are taken. */
final class Pusher implements Endpoint, Runnable {
    private static final int SIZE = 16 << 10;
    private static final Message MESSAGE = Message.binary(ByteBuffer.allocate(SIZE));

    /** How many bytes each is still to be sent. */
    private final ConcurrentMap<Connection, Long> wanted = new ConcurrentHashMap<>();

    Pusher() {
        Thread thread = new Thread(this, "pusher");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public @Nullable CompletionStage<?> onText(Connection connection, String text) {
        synchronized (wanted) {
            wanted.put(connection, Long.parseLong(text));
            wanted.notifyAll();
        }
        return null;
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean taken = pushed();
                synchronized (wanted) {
                    while (wanted.isEmpty()) {
                        wanted.wait();
                    }
                    if (!taken) {
                        wanted.wait(1);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A message for each; whether any took it. */
    private boolean pushed() {
        boolean taken = false;
        for (Connection connection : wanted.keySet()) {
            if (connection.state() != Connection.State.OPEN) {
                wanted.remove(connection);
            } else if (connection.trySend(MESSAGE)) {
                taken = true;
                wanted.computeIfPresent(connection, (same, left) -> left > SIZE ? left - SIZE : null);
            }
        }
        return taken;
    }
}
