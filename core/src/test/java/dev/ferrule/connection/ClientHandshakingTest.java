package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Callbacks;
import dev.ferrule.ClientOptions;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.Headers;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.ClientOpening;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CB-2, HS-5, HS-8: what becomes of a client's handshake. */
class ClientHandshakingTest {
    private final ManualExecutor executor = new ManualExecutor();
    private final Recorder endpoint = new Recorder();
    private final ScriptedTransport transport = new ScriptedTransport(executor, false);
    private final AtomicInteger abandoned = new AtomicInteger();
    private Limits limits = Limits.DEFAULTS;
    private @Nullable Deflate deflate;

    /** Connects on an engine that does this as soon as it is asked. */
    private CompletableFuture<Connection> connect(Consumer<ClientOpening> script) {
        ClientEngine engine = new ClientEngine() {
            @Override
            public Runnable connect(ClientOpening opening) {
                script.accept(opening);
                return abandoned::incrementAndGet;
            }

            @Override
            public void stop() {}
        };
        EngineClient client = new EngineClient(
                engine,
                new ClientOptions(limits, Callbacks.BLOCKING, null, false, SendPolicy.fail(), null, deflate),
                executor.clock);
        return client.connect(ConnectRequest.to(URI.create("ws://localhost/")), endpoint)
                .toCompletableFuture();
    }

    private void bind(ClientOpening opening) {
        ByteConnection connection = (ByteConnection) opening.overBytes(transport);
        transport.listener(connection);
        connection.opened();
    }

    private HandshakeException failure(CompletableFuture<Connection> connected) {
        executor.runUntil(connected::isDone);
        Throwable cause =
                assertThrows(CompletionException.class, connected::join).getCause();
        assertEquals(List.of(), endpoint.events);
        return (HandshakeException) cause;
    }

    @Test
    @DisplayName("a connection is open behind its onOpen, and the handshake timeout of long ago doesn't touch it")
    void connected() {
        limits = Limits.builder().handshakeTimeout(Duration.ofMillis(10)).build();
        CompletableFuture<Connection> connected = connect(this::bind);
        executor.runUntil(connected::isDone);
        assertEquals(List.of("open"), endpoint.events);
        assertEquals(Connection.State.OPEN, connected.join().state());
        // A later handshake that does time out is the clock: timers are run in order by one thread.
        CompletableFuture<Connection> later = connect(opening -> {});
        executor.runUntil(later::isDone);
        executor.runUntil(() -> abandoned.get() == 1);
        assertFalse(transport.closed);
    }

    @Test
    @DisplayName("CB-2: a refusal fails the stage with the response, and no endpoint hears of it")
    void refused() {
        HandshakeException refusal = failure(
                connect(opening -> opening.refused(403, Headers.empty().with("X-Why", "because"), Wire.utf8("no"))));
        assertEquals(403, refusal.status());
        assertEquals("because", refusal.headers().first("X-Why"));
        assertEquals("no", new String(refusal.body(), StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName(
            "7692-7-2: a client offers permessage-deflate if it is to compress, and takes no answer that isn't one")
    void extensions() throws Exception {
        var unused = connect(opening -> assertEquals(List.of(), opening.extensions()));
        deflate = Deflate.DEFAULTS;
        List<Extension> response = Extension.parse(List.of("permessage-deflate; server_no_context_takeover"));
        CompletableFuture<Connection> connected = connect(opening -> {
            assertEquals(
                    "permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits",
                    Extension.format(opening.extensions()));
            List<Extension> wrong = Extension.parse(List.of("permessage-deflate; foo"));
            assertThrows(HandshakeException.class, () -> opening.agreed(null, wrong));
            assertDoesNotThrow(() -> opening.agreed(null, response));
            bind(opening);
        });
        executor.runUntil(connected::isDone);
        assertEquals(response, connected.join().extensions());
    }

    @Test
    @DisplayName("CB-2: no response fails the stage with the cause")
    void failed() {
        IOException reset = new IOException("reset");
        assertSame(reset, failure(connect(opening -> opening.failed(reset))).getCause());
        assertTrue(failure(connect(ClientOpening::lost)).getMessage().contains("lost"));
    }

    @Test
    @DisplayName("HS-8: a silent server is given up at the handshake timeout")
    void silent() {
        limits = Limits.builder().handshakeTimeout(Duration.ofMillis(10)).build();
        assertTrue(failure(connect(opening -> {})).getMessage().contains("handshake timeout"));
        executor.runUntil(() -> abandoned.get() == 1);
    }

    @Test
    @DisplayName("plain text to a host that is not loopback is refused unless allowed")
    void plaintext() {
        EngineClient client = new EngineClient(
                new ClientEngine() {
                    @Override
                    public Runnable connect(ClientOpening opening) {
                        throw new AssertionError("asked to connect");
                    }

                    @Override
                    public void stop() {}
                },
                new ClientOptions(limits, Callbacks.BLOCKING, null, false, SendPolicy.fail(), null, null),
                executor.clock);
        for (String host : List.of("example.com", "127.0.0.1.example.com", "10.0.0.1", "localhost.example")) {
            ConnectRequest request = ConnectRequest.to(URI.create("ws://" + host + "/"));
            assertThrows(IllegalArgumentException.class, () -> client.connect(request, endpoint));
        }
    }
}
