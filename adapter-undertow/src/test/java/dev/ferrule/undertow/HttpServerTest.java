package dev.ferrule.undertow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import dev.ferrule.testkit.wire.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a server on Undertow")
class HttpServerTest {
    private static final int LARGE = 16 << 20;

    private final Endpoint echo = new Endpoint() {
        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            threads.add(Thread.currentThread().getName());
            connection.send(text);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
            connection.send(data);
            return null;
        }
    };
    private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

    private ServerBuilder builder() {
        return builder(Limits.DEFAULTS.handshakeTimeout());
    }

    private ServerBuilder builder(Duration handshakeTimeout) {
        return Ferrule.server()
                .adapter("undertow")
                .limits(Limits.builder()
                        .messageBytes(LARGE)
                        .frameBytes(LARGE)
                        .handshakeTimeout(handshakeTimeout)
                        .build())
                .route("/echo", echo);
    }

    @Test
    @DisplayName("delivers frames that come in the same segment as the request")
    void earlyBytes() throws Exception {
        try (Server server = builder().start();
                RawClient client = RawClient.to(server.port())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(RawClient.request("/echo", server.port()));
            all.write(RawClient.frame(1, "early".getBytes(UTF_8)));
            client.out.write(all.toByteArray());
            assertTrue(client.head().startsWith("HTTP/1.1 101 "));
            assertEquals("early", new String(client.payload(), UTF_8));
        }
    }

    @Test
    @DisplayName("sends 16 MiB whole to a peer that begins to read late")
    void slowReader() throws Exception {
        try (Server server = builder().start();
                RawClient client = RawClient.to(server.port())) {
            client.out.write(RawClient.request("/echo", server.port()));
            assertTrue(client.head().startsWith("HTTP/1.1 101 "));
            byte[] large = new byte[LARGE];
            new Random(7).nextBytes(large);
            // All of it is taken before a byte of the echo is read, so the echo has to wait in the server.
            client.out.write(RawClient.frame(2, large));
            assertArrayEquals(large, client.payload());
            client.out.write(RawClient.frame(1, "after".getBytes(UTF_8)));
            assertEquals("after", new String(client.payload(), UTF_8));
        }
    }

    @Test
    @DisplayName("speaks wss, also when megabytes wait in TLS")
    void tls() throws Exception {
        try (Server server = builder().tls(Tls.serving()).start();
                RawClient client =
                        new RawClient(Tls.trustingAll().getSocketFactory().createSocket("127.0.0.1", server.port()))) {
            assertEquals("wss", server.uri("/echo").getScheme());
            client.out.write(RawClient.request("/echo", server.port()));
            assertTrue(client.head().startsWith("HTTP/1.1 101 "));
            byte[] large = new byte[4 << 20];
            new Random(8).nextBytes(large);
            client.out.write(RawClient.frame(2, large));
            assertArrayEquals(large, client.payload());
        }
    }

    @Test
    @DisplayName("runs callbacks on a worker by default, and on the I/O thread if inline was chosen")
    void callbackThreads() throws Exception {
        assertTrue(threadOf(builder()).contains("task"), "not on a worker");
        assertTrue(threadOf(builder().inline()).contains("I/O"), "not on the I/O thread");
    }

    private String threadOf(ServerBuilder builder) throws Exception {
        try (Server server = builder.start();
                RawClient client = RawClient.to(server.port())) {
            client.out.write(RawClient.request("/echo", server.port()));
            client.head();
            client.out.write(RawClient.frame(1, "where".getBytes(UTF_8)));
            client.payload();
            return String.valueOf(threads.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("HS-8: drops a handshake that trickles, however slowly")
    void tricklingHandshake() throws Exception {
        try (Server server = builder(Duration.ofMillis(500)).start();
                RawClient client = RawClient.to(server.port())) {
            byte[] request = RawClient.request("/echo", server.port());
            assertThrows(IOException.class, () -> {
                for (byte b : request) {
                    client.out.write(b);
                    Thread.sleep(50); // the trickle: with 180 bytes it takes nine seconds
                    if (client.in.available() > 0) {
                        client.in.readUnsignedByte();
                    }
                }
            });
        }
    }

    @Test
    @DisplayName("says which address it can't listen on")
    void portInUse() throws Exception {
        try (Server server = builder().start()) {
            IOException failure = assertThrows(
                    IOException.class,
                    () -> builder().listen("127.0.0.1", server.port()).start());
            assertTrue(
                    String.valueOf(failure.getMessage())
                            .startsWith("can't listen on 127.0.0.1 port " + server.port() + ": "),
                    failure.getMessage());
        }
    }

    @Test
    @DisplayName("CL-7: closes with 1001 when it stops, and says how many were closed")
    void stops() throws Exception {
        Server server = builder().start();
        try (RawClient client = RawClient.to(server.port())) {
            client.out.write(RawClient.request("/echo", server.port()));
            client.head();
            client.out.write(RawClient.frame(1, "registered".getBytes(UTF_8)));
            client.payload();
            CompletionStage<Server.StopReport> stopped = server.stop(Duration.ofSeconds(5));
            byte[] close = client.payload();
            assertEquals(1001, ((close[0] & 0xFF) << 8) | (close[1] & 0xFF));
            client.out.write(RawClient.frame(8, close));
            assertEquals(
                    new Server.StopReport(1, 0), stopped.toCompletableFuture().get(10, TimeUnit.SECONDS));
        }
    }
}
