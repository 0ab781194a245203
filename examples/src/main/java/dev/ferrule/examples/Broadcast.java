package dev.ferrule.examples;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Group;
import dev.ferrule.Message;
import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends each message to all connections, the one that it came from included. */
final class Broadcast implements Endpoint {
    private final Group everybody = new Group();

    @Override
    public void onOpen(Connection connection) {
        everybody.add(connection);
    }

    @Override
    public @Nullable CompletionStage<?> onText(Connection connection, String text) {
        send(Message.text(text));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
        send(Message.binary(data));
        return null;
    }

    @Override
    public void onClose(Connection connection, CloseEvent event) {
        everybody.remove(connection);
    }

    /** Who reads too slowly for the bound of the send queue must go: a gap in the stream would be worse. */
    private void send(Message message) {
        for (Connection slow : everybody.send(message)) {
            slow.close(CloseCode.POLICY_VIOLATION, "reads too slowly");
        }
    }
}
