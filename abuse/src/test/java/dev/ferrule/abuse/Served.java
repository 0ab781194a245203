package dev.ferrule.abuse;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The endpoints of the target. */
final class Served {
    /** What stands behind a violation. */
    static final String FORBIDDEN = "forbidden";

    static final Endpoint ECHO = new Endpoint() {
        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            connection.send(text);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
            connection.send(data);
            return null;
        }
    };

    /** Sends as many bytes as the first message says, as fast as the queue takes them, whether or not anybody reads. */
    static final Endpoint PUSH = new Pusher();

    /** Holds its thread for as many milliseconds as the message says, and then echoes. */
    static final Endpoint BLOCK = new Endpoint() {
        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) throws InterruptedException {
            Thread.sleep(Long.parseLong(text));
            connection.send(text);
            return null;
        }
    };

    /** What a callback may throw. */
    static final Map<String, Supplier<Throwable>> THROWABLES = Map.of(
            "runtime", () -> new IllegalStateException("on purpose"),
            "checked", () -> new IOException("on purpose"),
            "error", () -> new AssertionError("on purpose"),
            "memory", () -> new OutOfMemoryError("on purpose"),
            "stack", () -> new StackOverflowError("on purpose"),
            "linkage", () -> new NoClassDefFoundError("on purpose"));

    /** Where it is thrown. */
    enum Place {
        OPEN,
        TEXT,
        BINARY,
        STAGE,
        PONG,
        CLOSE
    }

    private Served() {}

    static Endpoint throwing(Place place, String kind) {
        Supplier<Throwable> throwable = THROWABLES.getOrDefault(kind, IllegalStateException::new);
        return new Endpoint() {
            @Override
            public void onOpen(Connection connection) {
                throwAt(Place.OPEN);
            }

            @Override
            public @Nullable CompletionStage<?> onText(Connection connection, String text) {
                throwAt(Place.TEXT);
                return place == Place.STAGE ? CompletableFuture.failedFuture(throwable.get()) : null;
            }

            @Override
            public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
                throwAt(Place.BINARY);
                return null;
            }

            @Override
            public void onPong(Connection connection, ByteBuffer payload) {
                throwAt(Place.PONG);
            }

            @Override
            public void onClose(Connection connection, CloseEvent event) {
                throwAt(Place.CLOSE);
            }

            private void throwAt(Place here) {
                if (here == place) {
                    throw Served.<RuntimeException>sneaky(throwable.get());
                }
            }
        };
    }

    /** As if it were unchecked. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaky(Throwable throwable) throws T {
        throw (T) throwable;
    }
}
