package dev.ferrule.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.CloseEvent;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.HandshakeKey;
import dev.ferrule.testkit.wire.Tls;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketClientTest {
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final Endpoint recorder = new Endpoint() {
        @Override
        public java.util.concurrent.CompletionStage<?> onText(Connection connection, String text) {
            events.add(text);
            return null;
        }

        @Override
        public java.util.concurrent.CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            events.add(bytes);
            return null;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            events.add(event);
        }
    };

    private Object event() throws InterruptedException {
        Object event = events.poll(10, TimeUnit.SECONDS);
        assertTrue(event != null, "nothing happened");
        return event;
    }

    private static ClientBuilder builder() {
        return Ferrule.client().adapter("jetty");
    }

    private static Connection connect(Client client, URI uri, Endpoint endpoint) throws Exception {
        return client.connect(ConnectRequest.to(uri), endpoint)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** A server of one connection, played by the test. */
    private static final class Peer implements AutoCloseable {
        final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Socket socket = new Socket();
        DataInputStream in;
        OutputStream out;
        String request = "";

        Peer() throws IOException {
            in = new DataInputStream(java.io.InputStream.nullInputStream());
            out = OutputStream.nullOutputStream();
        }

        URI uri() {
            return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/x?y=%20z");
        }

        Peer accept() throws IOException {
            socket = listening.accept();
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            request = head.toString();
            return this;
        }

        String field(String name) {
            return request.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElseThrow();
        }

        Peer open(String extra, int... more) throws IOException {
            accept();
            String head =
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Accept: " + HandshakeKey.accept(field("Sec-WebSocket-Key")) + "\r\n"
                            + extra + "\r\n";
            byte[] bytes = new byte[head.length() + more.length];
            System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, head.length());
            for (int i = 0; i < more.length; i++) {
                bytes[head.length() + i] = (byte) more[i];
            }
            out.write(bytes);
            return this;
        }

        Peer write(int... bytes) throws IOException {
            byte[] frame = new byte[bytes.length];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (byte) bytes[i];
            }
            out.write(frame);
            return this;
        }

        /** The payload of the next frame, which must begin with this byte, unmasked. */
        byte[] next(int first) throws IOException {
            assertEquals(first, in.readUnsignedByte());
            int length = in.readUnsignedByte() ^ 0x80;
            length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
            byte[] mask = in.readNBytes(4);
            byte[] payload = new byte[length];
            in.readFully(payload);
            for (int i = 0; i < length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return payload;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            listening.close();
        }
    }

    @Test
    void echoesWithTheServerOfTheSameAdapter() throws Exception {
        byte[] large = new byte[1 << 20];
        new Random(2).nextBytes(large);
        Limits limits = Limits.builder()
                .messageBytes(2 << 20)
                .frameBytes(2 << 20)
                .queueBytes(4 << 20)
                .build();
        try (Server server = Ferrule.server()
                        .adapter("jetty")
                        .listen("127.0.0.1", 0)
                        .tls(Tls.serving())
                        .limits(limits)
                        .route("/echo", new Endpoint() {
                            @Override
                            public java.util.concurrent.CompletionStage<?> onText(Connection connection, String text) {
                                connection.send(text);
                                return null;
                            }

                            @Override
                            public java.util.concurrent.CompletionStage<?> onBinary(
                                    Connection connection, ByteBuffer data) {
                                connection.send(data);
                                return null;
                            }
                        })
                        .start();
                Client client = builder().tls(Tls.trustingKit()).limits(limits).build()) {
            Connection connection = connect(client, server.uri("/echo"), recorder);
            connection.send("gr\u00fc\u00df \ud83d\ude00");
            assertEquals("gr\u00fc\u00df \ud83d\ude00", event());
            ByteBuffer little = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
            little.putLong(0x0102030405060708L).flip();
            connection.send(little.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
            assertArrayEquals(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}, (byte[]) event());
            connection.send(ByteBuffer.wrap(large));
            assertArrayEquals(large, (byte[]) event());
            Duration trip = connection
                    .ping(ByteBuffer.wrap(new byte[] {1}))
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);
            assertTrue(trip.toNanos() > 0);
            connection.close(CloseCode.of(4000), "bye");
            CloseEvent closed = assertInstanceOf(CloseEvent.class, event());
            assertEquals(4000, closed.code().value());
            assertTrue(closed.clean());
        }
    }

    @Test
    void sendsWhatTheLimitOnReceivedFramesDoesNotConcern() throws Exception {
        Limits limits = Limits.builder().frameBytes(1000).build();
        try (Peer peer = new Peer();
                Client client = builder().limits(limits).build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(5, TimeUnit.SECONDS).send(ByteBuffer.wrap(new byte[100_000]));
            assertEquals(100_000, peer.next(0x82).length);
        }
    }

    @Test
    void asksAsItWasTold() throws Exception {
        try (Peer peer = new Peer();
                Client client = builder().build()) {
            CompletableFuture<Connection> connecting = client.connect(
                            ConnectRequest.to(peer.uri())
                                    .subprotocols("a", "b")
                                    .header("X-Y", "z")
                                    .header("Cache-Control", "mine"),
                            recorder)
                    .toCompletableFuture();
            peer.open("Sec-WebSocket-Protocol: b\r\n", 0x81, 2, 'h', 'i', 0x89, 1, 'p');
            assertEquals("b", connecting.get(5, TimeUnit.SECONDS).subprotocol());
            assertEquals(
                    "GET /x?y=%20z HTTP/1.1", peer.request.lines().findFirst().orElseThrow());
            assertEquals("127.0.0.1:" + peer.listening.getLocalPort(), peer.field("Host"));
            assertEquals("a, b", peer.field("Sec-WebSocket-Protocol"));
            assertEquals("z", peer.field("X-Y"));
            assertEquals("mine", peer.field("Cache-Control"));
            assertEquals("13", peer.field("Sec-WebSocket-Version"));
            assertEquals(
                    8, peer.request.lines().filter(line -> line.contains(": ")).count(), peer.request);
            assertEquals("hi", event());
            assertArrayEquals(new byte[] {'p'}, peer.next(0x8A));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1008, 1011, 4000})
    void waitsForTheAnswerToItsClose(int code) throws Exception {
        try (Peer peer = new Peer();
                Client client = builder().build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(5, TimeUnit.SECONDS).close(CloseCode.of(code), "r");
            assertArrayEquals(new byte[] {(byte) (code >> 8), (byte) code, 'r'}, peer.next(0x88));
            Thread.sleep(100);
            peer.write(0x81, 1, 'x', 0x88, 2, 0x0F, 0xA1);
            assertEquals("x", event());
            CloseEvent closed = assertInstanceOf(CloseEvent.class, event());
            assertEquals(4001, closed.code().value());
            assertEquals(CloseEvent.Initiator.LOCAL, closed.initiator());
            assertTrue(closed.clean());
        }
    }

    @Test
    void answersACloseAndLetsTheServerEndTcp() throws Exception {
        try (Peer peer = new Peer();
                Client client = builder().build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(5, TimeUnit.SECONDS);
            peer.write(0x88, 3, 0x03, 0xE9, 'q');
            assertArrayEquals(new byte[] {3, (byte) 0xE9}, peer.next(0x88));
            CloseEvent closed = assertInstanceOf(CloseEvent.class, event());
            assertEquals(1001, closed.code().value());
            assertEquals("q", closed.reason());
            assertEquals(CloseEvent.Initiator.PEER, closed.initiator());
            assertTrue(closed.clean());
            peer.socket.setSoTimeout(300);
            assertThrows(java.net.SocketTimeoutException.class, () -> peer.in.read());
            peer.socket.setSoTimeout(5000);
            assertEquals(-1, peer.in.read());
        }
    }

    @Test
    void anEndWithoutACloseIs1006() throws Exception {
        try (Peer peer = new Peer();
                Client client = builder().build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(5, TimeUnit.SECONDS);
            peer.socket.close();
            assertEquals(
                    1006, assertInstanceOf(CloseEvent.class, event()).code().value());
        }
    }

    @Test
    void violationsAreFailedWithTheirCodes() throws Exception {
        assertFails(1002, 0x91, 0);
        assertFails(1002, 0xC1, 1, 'x');
        assertFails(1002, 0x83, 1, 'x');
        assertFails(1002, 0x81, 0x81, 0, 0, 0, 0, 'x');
        assertFails(1002, 0x80, 1, 'x');
        assertFails(1002, 0x89, 126, 0, 126, 0);
        assertFails(1002, 0x88, 1, 3);
        assertFails(1002, 0x88, 2, 3, 0xED);
        assertFails(1007, 0x88, 3, 3, 0xE8, 0xFF);
        assertFails(1007, 0x81, 1, 0xFF);
        assertFails(1009, 0x82, 127, 0, 0, 0, 0, 0, 1, 0, 1, 0);
    }

    private void assertFails(int code, int... bytes) throws Exception {
        try (Peer peer = new Peer();
                Client client = builder().build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(5, TimeUnit.SECONDS);
            peer.write(bytes);
            byte[] close = peer.next(0x88);
            assertEquals(code, ((close[0] & 0xFF) << 8) | (close[1] & 0xFF));
            CloseEvent closed = assertInstanceOf(CloseEvent.class, event());
            assertEquals(code, closed.code().value(), closed.toString());
            assertEquals(CloseEvent.Initiator.LOCAL, closed.initiator());
        }
    }

    @Test
    void aRefusalIsToldWithItsBody() throws Exception {
        HandshakeException refused = handshakeFailure(
                "HTTP/1.1 403 Forbidden\r\nX-Why: because\r\nContent-Length: 100000\r\n\r\n" + "n".repeat(100_000));
        assertEquals(403, refused.status());
        assertEquals("because", refused.headers().first("X-Why"));
        assertEquals("n".repeat(8 << 10), new String(refused.body(), StandardCharsets.US_ASCII));
        HandshakeException moved =
                handshakeFailure("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
        assertEquals(302, moved.status());
        HandshakeException unauthorized = handshakeFailure(
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 2\r\n\r\nno");
        assertEquals("no", new String(unauthorized.body(), StandardCharsets.US_ASCII));
    }

    @Test
    void aWrongResponseFailsTheHandshake() throws Exception {
        String head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n";
        String upgrade = "Upgrade: websocket\r\n";
        assertMentions("there is no Upgrade", head + "Sec-WebSocket-Accept: $\r\n\r\n");
        assertMentions("doesn't answer the key", head + upgrade + "Sec-WebSocket-Accept: AAAA\r\n\r\n");
        assertMentions(
                "not HTTP/1.1", (head + upgrade + "Sec-WebSocket-Accept: $\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0"));
        assertMentions(
                "not offered",
                head + upgrade + "Sec-WebSocket-Accept: $\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
        assertMentions("closed before a whole response", "HTTP/1.1 101 Swi");
        assertMentions("", head + "X: " + "y".repeat(20_000) + "\r\n\r\n");
        assertMentions("not valid HTTP/1.1", "this is no http\r\n\r\n");
    }

    private void assertMentions(String part, String response) throws Exception {
        HandshakeException failure = handshakeFailure(response);
        assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.getMessage());
        assertEquals(0, events.size());
    }

    private HandshakeException handshakeFailure(String response) throws Exception {
        try (Peer peer = new Peer();
                Client client = builder().build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.accept();
            peer.out.write(response.replace("$", HandshakeKey.accept(peer.field("Sec-WebSocket-Key")))
                    .getBytes(StandardCharsets.ISO_8859_1));
            peer.socket.shutdownOutput();
            return failure(connecting);
        }
    }

    private static HandshakeException failure(CompletableFuture<Connection> connecting) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> connecting.get(10, TimeUnit.SECONDS));
        return assertInstanceOf(HandshakeException.class, e.getCause());
    }

    @Test
    void aSilentServerIsGivenUp() throws Exception {
        Limits limits =
                Limits.builder().handshakeTimeout(Duration.ofMillis(300)).build();
        try (Peer peer = new Peer();
                Client client = builder().limits(limits).build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.accept();
            failure(connecting);
            assertEquals(-1, peer.in.read());
        }
    }

    @Test
    void nothingStaysOfAHandshakeThatWasGivenUp() throws Exception {
        Limits limits = Limits.builder().handshakeTimeout(Duration.ofMillis(1)).build();
        try (Client client = builder().limits(limits).allowPlaintext().build();
                ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ConnectRequest request = ConnectRequest.to(URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/"));
            for (int i = 0; i < 20; i++) {
                failure(client.connect(request, recorder).toCompletableFuture());
            }
            // At least the last one has connected by now, or never will.
            listener.setSoTimeout(200);
            try {
                while (true) {
                    try (Socket socket = listener.accept()) {
                        socket.setSoTimeout(10_000);
                        readToEnd(socket);
                    }
                }
            } catch (SocketTimeoutException e) {
                assertEquals("Accept timed out", e.getMessage());
            }
        }
    }

    private static void readToEnd(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {
                // A request may have left before.
            }
        } catch (SocketException e) {
            // A reset is an end as well, other than nothing, which is a timeout.
            return;
        }
    }

    @Test
    void anOpenConnectionMayBeSilentForLongerThanAHandshake() throws Exception {
        Limits limits =
                Limits.builder().handshakeTimeout(Duration.ofMillis(500)).build();
        try (Peer peer = new Peer();
                Client client = builder().limits(limits).build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(10, TimeUnit.SECONDS);
            peer.socket.setSoTimeout(1500);
            assertThrows(SocketTimeoutException.class, () -> peer.in.read());
        }
    }

    @Test
    void nobodyListensThere() throws Exception {
        try (Socket bound = new Socket();
                Client client = builder().allowPlaintext().build()) {
            // So that nobody else gets the port.
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = bound.getLocalPort();
            assertEquals(
                    "the opening handshake failed: connection to 127.0.0.1:" + port + " refused",
                    failure(client.connect(ConnectRequest.to(URI.create("ws://127.0.0.1:" + port + "/")), recorder)
                                    .toCompletableFuture())
                            .getMessage());
            assertTrue(failure(client.connect(ConnectRequest.to(URI.create("ws://no.such.host.invalid/")), recorder)
                            .toCompletableFuture())
                    .getMessage()
                    .contains("no.such.host.invalid"));
        }
    }

    @Test
    void theNameInTheCertificateIsChecked() throws Exception {
        try (Server server = Ferrule.server()
                        .adapter("jetty")
                        .listen("127.0.0.2", 0)
                        .tls(Tls.serving())
                        .route("/echo", recorder)
                        .start();
                Client client = builder().tls(Tls.trustingKit()).build();
                Client stranger = builder().build()) {
            URI wrong = URI.create("wss://127.0.0.2:" + server.port() + "/echo");
            failure(client.connect(ConnectRequest.to(wrong), recorder).toCompletableFuture());
            failure(stranger.connect(ConnectRequest.to(wrong), recorder).toCompletableFuture());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatFollowsACloseIsIgnored(boolean executor) throws Exception {
        ClientBuilder builder = executor ? builder().executor(task -> new Thread(task).start()) : builder();
        try (Peer peer = new Peer();
                Client client = builder.build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(5, TimeUnit.SECONDS);
            peer.write(0x88, 2, 0x0F, 0xA1, 0x81, 1, 'x', 0xFF, 0xFF);
            CloseEvent closed = assertInstanceOf(CloseEvent.class, event());
            assertEquals(4001, closed.code().value(), closed.toString());
            if (!executor) {
                // With an executor Jetty may drop TCP first, as the provider declares for CL-3.
                assertTrue(closed.clean(), closed.toString());
                assertEquals(2, peer.next(0x88).length);
            }
        }
    }

    @Test
    void aResetRightBehindACloseIsTheEndAndNotTheTimeout() throws Exception {
        try (Peer peer = new Peer();
                Client client = builder()
                        .limits(Limits.builder()
                                .closeTimeout(Duration.ofHours(1))
                                .build())
                        .build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(10, TimeUnit.SECONDS);
            peer.socket.setSoLinger(true, 0);
            peer.write(0x88, 2, 0x03, 0xE8);
            peer.socket.close();
            CloseEvent closed = assertInstanceOf(CloseEvent.class, event());
            // The reset may overtake the Close.
            assertTrue(List.of(1000, 1006).contains(closed.code().value()), closed.toString());
        }
    }

    @Test
    void whatTheProviderDeclaresIsSo() throws Exception {
        try (Peer peer = new Peer();
                Client client = builder().build()) {
            CompletableFuture<Connection> connecting =
                    client.connect(ConnectRequest.to(peer.uri()), recorder).toCompletableFuture();
            peer.open("");
            connecting.get(5, TimeUnit.SECONDS);
            // 6455-5.2-4b: a length that isn't in its shortest form.
            peer.write(0x81, 126, 0, 1, 'x');
            assertEquals("x", event());
            // RX-2: the header alone of a frame that is too long.
            peer.write(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 1);
            peer.socket.setSoTimeout(300);
            assertThrows(java.net.SocketTimeoutException.class, () -> peer.in.read());
            peer.socket.setSoTimeout(10_000);
            peer.write(0);
            byte[] close = peer.next(0x88);
            assertEquals(1009, ((close[0] & 0xFF) << 8) | (close[1] & 0xFF));
            // CL-8: the reason is Jetty's.
            assertTrue(close.length > 2);
            // CL-5: and TCP ends at once.
            assertEquals(-1, peer.in.read());
        }
    }
}
