package dev.ferrule.testkit.junit;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The application that most scenarios talk to.
 *
 * @param closed completes when a connection has ended
 */
record EchoEndpoint(CompletableFuture<CloseEvent> closed) implements Endpoint {
    EchoEndpoint() {
        this(new CompletableFuture<>());
    }

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

    @Override
    public void onClose(Connection connection, CloseEvent event) {
        closed.complete(event);
    }
}
