package dev.ferrule.bench.client;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Ferrule on one of its adapters, with callbacks where they may block or inline. */
final class FerruleClient implements EchoClient {
    private static final int LONGEST = 1 << 24;

    private final Client client;

    FerruleClient(String adapter, boolean inline) {
        ClientBuilder builder = Ferrule.client()
                .adapter(adapter)
                .limits(Limits.builder()
                        .messageBytes(LONGEST)
                        .frameBytes(LONGEST)
                        .queueBytes(2L * LONGEST)
                        .build())
                .allowPlaintext();
        client = (inline ? builder.inline() : builder).build();
    }

    @Override
    public CompletionStage<?> connect(URI uri, Loop loop) {
        return client.connect(uri, new Echo(loop));
    }

    private record Echo(Loop loop) implements Endpoint {
        @Override
        public void onOpen(Connection connection) {
            loop.begin(connection::send);
        }

        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            connection.send(loop.next(text));
            return null;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            Loop.failed(new IllegalStateException(event.toString()));
        }
    }
}
