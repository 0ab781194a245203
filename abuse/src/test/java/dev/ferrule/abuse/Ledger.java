package dev.ferrule.abuse;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps count of onOpen and onClose, of connections that had one of them twice, and of messages that nobody may interpret. */
final class Ledger {
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();
    private final AtomicLong forbidden = new AtomicLong();

    /** The endpoint, with its callbacks counted before they run. */
    Endpoint keep(Endpoint endpoint) {
        return new Endpoint() {
            @Override
            public void onOpen(Connection connection) throws Exception {
                count(connection, "opened", opened);
                endpoint.onOpen(connection);
            }

            @Override
            public @Nullable CompletionStage<?> onText(Connection connection, String text) throws Exception {
                if (text.equals(Served.FORBIDDEN)) {
                    forbidden.incrementAndGet();
                }
                return endpoint.onText(connection, text);
            }

            @Override
            public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) throws Exception {
                return endpoint.onBinary(connection, data);
            }

            @Override
            public void onPong(Connection connection, ByteBuffer payload) throws Exception {
                endpoint.onPong(connection, payload);
            }

            @Override
            public void onClose(Connection connection, CloseEvent event) throws Exception {
                count(connection, "closed", closed);
                endpoint.onClose(connection, event);
            }
        };
    }

    private void count(Connection connection, String what, AtomicLong counter) {
        if (connection.attributes().put(what, true) != null) {
            twice.incrementAndGet();
        }
        counter.incrementAndGet();
    }

    @Override
    public String toString() {
        return opened + " " + closed + " " + twice + " " + forbidden;
    }
}
