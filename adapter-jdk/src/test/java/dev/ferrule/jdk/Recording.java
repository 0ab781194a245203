package dev.ferrule.jdk;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it hears, and echoes. */
class Recording implements Endpoint {
    final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(Connection connection, String text) {
        events.add(text);
        connection.send(text);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        events.add(bytes);
        connection.send(data);
        return null;
    }

    @Override
    public void onPong(Connection connection, ByteBuffer payload) {
        events.add("pong");
    }

    @Override
    public void onClose(Connection connection, CloseEvent event) {
        if (!closed.complete(event)) {
            events.add("closed twice");
        }
    }

    CloseEvent end() throws Exception {
        return closed.get(10, TimeUnit.SECONDS);
    }

    Object next() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }
}
