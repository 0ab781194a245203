package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An endpoint that writes down what it is called for, and then does what the test wants. */
final class Recorder implements Endpoint {
    /** What the test wants to be done in a callback. */
    interface Action<T> {
        @Nullable
        CompletionStage<?> on(Connection connection, T what) throws Exception;
    }

    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger overlaps = new AtomicInteger();
    volatile @Nullable CloseEvent closed;
    Action<String> onOpen = (connection, nothing) -> null;
    Action<String> onText = (connection, text) -> null;
    Action<ByteBuffer> onBinary = (connection, data) -> null;
    Action<ByteBuffer> onPong = (connection, payload) -> null;
    Action<CloseEvent> onClose = (connection, event) -> null;

    private final AtomicInteger inside = new AtomicInteger();

    private <T> @Nullable CompletionStage<?> record(String event, Action<T> action, Connection connection, T what)
            throws Exception {
        if (inside.getAndIncrement() != 0) {
            overlaps.incrementAndGet();
        }
        try {
            events.add(event);
            return action.on(connection, what);
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public void onOpen(Connection connection) throws Exception {
        record("open", onOpen, connection, "");
    }

    @Override
    public @Nullable CompletionStage<?> onText(Connection connection, String text) throws Exception {
        return record("text " + (text.length() > 64 ? text.length() + " chars" : text), onText, connection, text);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) throws Exception {
        String shown = data.remaining() > 64 ? data.remaining() + " bytes" : Wire.hex(data);
        return record("binary " + shown, onBinary, connection, data);
    }

    @Override
    public void onPong(Connection connection, ByteBuffer payload) throws Exception {
        record("pong " + StandardCharsets.UTF_8.decode(payload.duplicate()), onPong, connection, payload);
    }

    @Override
    public void onClose(Connection connection, CloseEvent event) throws Exception {
        closed = event;
        record("close " + event.code().value() + " " + event.initiator(), onClose, connection, event);
    }
}
