package dev.ferrule.bench.server;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Group;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.ServerBuilder;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Ferrule on one of its adapters, with callbacks where they may block or inline. */
final class FerruleServer implements EchoServer {
    private final String adapter;
    private final boolean inline;

    FerruleServer(String adapter, boolean inline) {
        this.adapter = adapter;
        this.inline = inline;
    }

    @Override
    public int listen(int port, int longest) throws Exception {
        ServerBuilder builder = Ferrule.server()
                .adapter(adapter)
                .listen("127.0.0.1", port)
                .limits(limits(longest))
                // For those who offer it: most loads don't.
                .deflate(Deflate.DEFAULTS.withContextTakeover())
                .route(ECHO, new Echo())
                .route(BROADCAST, new Broadcast());
        if (inline) {
            builder.inline();
        }
        return builder.start().port();
    }

    private static Limits limits(int longest) {
        int message = Math.max(longest, Limits.DEFAULTS.messageBytes());
        return Limits.builder()
                .messageBytes(message)
                .frameBytes(message)
                .queueBytes(Math.max(Limits.DEFAULTS.queueBytes(), 2L * message))
                .connections(20_000)
                .build();
    }

    private static final class Echo implements Endpoint {
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
    }

    private static final class Broadcast implements Endpoint {
        private final Group everybody = new Group();

        @Override
        public void onOpen(Connection connection) {
            everybody.add(connection);
        }

        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            everybody.send(Message.text(text));
            return null;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            everybody.remove(connection);
        }
    }
}
