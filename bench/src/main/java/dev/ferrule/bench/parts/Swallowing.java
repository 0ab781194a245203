package dev.ferrule.bench.parts;

import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import dev.ferrule.spi.Binding;
import dev.ferrule.spi.ByteTransport;
import dev.ferrule.spi.Opening;
import dev.ferrule.spi.ServerExchange;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Opens connections of core over a transport that takes every byte and has none. */
final class Swallowing {
    private final ExecutorService workers = Executors.newSingleThreadExecutor();

    Connection open() {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        Endpoint endpoint = new Endpoint() {
            @Override
            public void onOpen(Connection connection) {
                opened.complete(connection);
            }
        };
        Binding.handshakes(Ferrule.server().route("/", endpoint).options()).handle(new Exchange());
        return opened.join();
    }

    void stop() {
        workers.shutdownNow();
    }

    private final class Exchange implements ServerExchange {
        @Override
        public OpeningRequest request() {
            Headers headers = Headers.builder()
                    .add("Host", "localhost")
                    .add("Upgrade", "websocket")
                    .add("Connection", "Upgrade")
                    .add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                    .add("Sec-WebSocket-Version", "13")
                    .build();
            return new OpeningRequest("GET", "HTTP/1.1", "/", headers);
        }

        @Override
        public @Nullable SocketAddress remoteAddress() {
            return null;
        }

        @Override
        public boolean secure() {
            return false;
        }

        @Override
        public @Nullable SSLSession tlsSession() {
            return null;
        }

        @Override
        public @Nullable Principal principal() {
            return null;
        }

        @Override
        public Executor workers() {
            return workers;
        }

        @Override
        public boolean mayBlock() {
            return true;
        }

        @Override
        public void respond(int status, Headers headers, byte[] body) {
            throw new IllegalStateException("the handshake was refused with " + status);
        }

        @Override
        public void upgrade(Headers headers, Opening opening) {
            opening.overBytes(new Transport()).opened();
        }
    }

    private final class Transport implements ByteTransport {
        @Override
        public int read(ByteBuffer to) {
            return 0;
        }

        @Override
        public void awaitReadable() {}

        @Override
        public long write(ByteBuffer[] from, int count) {
            long taken = 0;
            for (int i = 0; i < count; i++) {
                taken += from[i].remaining();
                from[i].position(from[i].limit());
            }
            return taken;
        }

        @Override
        public void awaitWritable() {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {}

        @Override
        public Executor workers() {
            return workers;
        }

        @Override
        public boolean eventsMayBlock() {
            return true;
        }
    }
}
