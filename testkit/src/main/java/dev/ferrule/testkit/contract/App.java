package dev.ferrule.testkit.contract;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.testkit.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The application of a check: writes down what it is called for, one line each, and does what the check wants. */
class App implements Endpoint {
    /** What the check wants to be done in a callback. */
    @FunctionalInterface
    interface Action<T> {
        @Nullable
        CompletionStage<?> on(Connection connection, T what) throws Exception;
    }

    volatile Action<String> onOpen = (connection, nothing) -> null;
    volatile Action<String> onText = (connection, text) -> null;
    volatile Action<ByteBuffer> onBinary = (connection, data) -> null;

    /** The threads of the callbacks. */
    final List<Thread> threads = new CopyOnWriteArrayList<>();

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean inside = new AtomicBoolean();
    private volatile boolean overlapped;
    private volatile @Nullable CloseEvent closed;

    final <T> @Nullable CompletionStage<?> record(String event, Action<T> action, Connection connection, T what)
            throws Exception {
        overlapped |= !inside.compareAndSet(false, true);
        try {
            threads.add(Thread.currentThread());
            events.add(event);
            return action.on(connection, what);
        } finally {
            inside.set(false);
        }
    }

    @Override
    public void onOpen(Connection connection) throws Exception {
        var unused = record("open", onOpen, connection, "");
    }

    @Override
    public @Nullable CompletionStage<?> onText(Connection connection, String text) throws Exception {
        return record(text.length() > 40 ? "text of " + text.length() : "text " + text, onText, connection, text);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) throws Exception {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        String line = bytes.length > 20
                ? "binary of " + bytes.length
                : "binary " + Bytes.copyOf(bytes).hex();
        return record(line, onBinary, connection, data);
    }

    @Override
    public void onPong(Connection connection, ByteBuffer payload) throws Exception {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        var unused = record("pong " + Bytes.copyOf(bytes).utf8(), (c, nothing) -> null, connection, "");
    }

    @Override
    public void onClose(Connection connection, CloseEvent event) throws Exception {
        closed = event;
        String line = "close " + event.code().value() + " " + event.initiator() + (event.clean() ? " clean" : "");
        var unused = record(line, (c, nothing) -> null, connection, "");
    }

    /** The next event must be this one. */
    void expect(String event) throws InterruptedException {
        Check.equal(event, next(), "event");
    }

    String next() throws InterruptedException {
        String event = events.poll(Bench.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return event == null ? "nothing" : event;
    }

    /** Passes over events up to the close, and returns that. */
    CloseEvent awaitClose() throws InterruptedException {
        String event;
        do {
            event = next();
        } while (!event.startsWith("close") && !event.equals("nothing"));
        CloseEvent end = closed;
        if (end == null) {
            throw new AssertionError("onClose has not come");
        }
        return end;
    }

    /** Nothing has come that was not expected, and nothing came at the same time as another. */
    void expectNothingMore() {
        Check.that(events.isEmpty(), "further events: " + events);
        Check.that(!overlapped, "callbacks overlapped");
    }
}
