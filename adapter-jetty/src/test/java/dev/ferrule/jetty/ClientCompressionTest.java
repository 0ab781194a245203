package dev.ferrule.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.protocol.HandshakeKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate on Jetty's client, against a server played by the test: Jetty hands RSV1 through, and core does the rest. */
class ClientCompressionTest {
    private static final String ACCEPTED = "permessage-deflate; server_no_context_takeover";
    private static final byte[] HELLO = HexFormat.of().parseHex("f248cdc9c90700");

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final Endpoint recorder = new Endpoint() {
        @Override
        public CompletionStage<?> onText(Connection connection, String text) {
            events.add(text);
            return null;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            events.add(event.code().value());
        }
    };
    private final Client client =
            Ferrule.client().adapter("jetty").deflate(Deflate.DEFAULTS).build();
    private ServerSocket listening;
    private Socket socket;
    private DataInputStream in;
    private OutputStream out;
    private String offered;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        listening.close();
        socket.close();
    }

    /** Connects, and answers with this line in the head of the response. */
    private CompletableFuture<Connection> connect(String line) throws IOException {
        CompletableFuture<Connection> connected = client.connect(
                        URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/"), recorder)
                .toCompletableFuture();
        socket = listening.accept();
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        offered = field(head, "Sec-WebSocket-Extensions");
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + HandshakeKey.accept(field(head, "Sec-WebSocket-Key")) + "\r\n"
                        + line + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        return connected;
    }

    private static String field(CharSequence head, String name) {
        return head.toString()
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .reduce((first, second) -> first + " and " + second)
                .orElseThrow();
    }

    private void send(int first, byte... payload) throws IOException {
        out.write(ByteBuffer.allocate(2 + payload.length)
                .put((byte) first)
                .put((byte) payload.length)
                .put(payload)
                .array());
    }

    /** The length of the next frame's payload, which must begin with this byte. */
    private int frame(int first) throws IOException {
        assertEquals(first, in.readUnsignedByte());
        int length = in.readUnsignedByte() & 0x7F;
        length = length == 126 ? in.readUnsignedShort() : length;
        in.readFully(new byte[4 + length]);
        return length;
    }

    private Object event() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("7692-6: compressed messages come and go, others between them, control frames between their fragments")
    void compressed() throws Exception {
        Connection connection =
                connect("Sec-WebSocket-Extensions: " + ACCEPTED + "\r\n").get(10, TimeUnit.SECONDS);
        assertEquals(
                Set.of(
                        "permessage-deflate",
                        "server_no_context_takeover",
                        "client_no_context_takeover",
                        "client_max_window_bits"),
                Set.of(offered.split(" *; *")));
        assertEquals(ACCEPTED, connection.extensions().get(0).toString());
        send(0xC1, HELLO);
        send(0x81, (byte) 'a');
        send(0x41, (byte) 0xF2, (byte) 0x48);
        send(0x89);
        send(0x80, HexFormat.of().parseHex("cdc9c90700"));
        assertEquals("Hello", event());
        assertEquals("a", event());
        assertEquals("Hello", event());
        frame(0x8A);
        connection.send("x".repeat(60_000));
        assertTrue(frame(0xC1) < 1000);
        connection.send("short");
        assertEquals(5, frame(0x81));
    }

    @Test
    @DisplayName(
            "7692-6-1, 7692-inv-1: RSV1 on a continuation is 1002, and so on a control frame; corrupt payload is 1007")
    void violations() throws Exception {
        byte[][] frames = {{0x41, 0, (byte) 0xC0, 0}, {(byte) 0xC9, 0}, {(byte) 0xC1, 1, 0x77}};
        int[] codes = {1002, 1002, 1007};
        for (int i = 0; i < frames.length; i++) {
            connect("Sec-WebSocket-Extensions: " + ACCEPTED + "\r\n").get(10, TimeUnit.SECONDS);
            out.write(frames[i]);
            assertEquals(codes[i], event());
            frame(0x88);
            socket.close();
        }
    }

    @Test
    @DisplayName("7692-5-1: a server that doesn't accept it gets messages as they are, and RSV1 from it is 1002")
    void notAccepted() throws Exception {
        Connection connection = connect("").get(10, TimeUnit.SECONDS);
        assertTrue(connection.extensions().isEmpty());
        connection.send("x".repeat(2000));
        assertEquals(2000, frame(0x81));
        send(0xC1, HELLO);
        assertEquals(1002, event());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; server_no_context_takeover; foo",
                "permessage-deflate; server_no_context_takeover; server_max_window_bits=7",
                "permessage-deflate; server_no_context_takeover; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover, permessage-deflate; server_no_context_takeover",
                "x-foo"
            })
    @DisplayName("7692-7-2: an answer that the offer doesn't allow fails the handshake")
    void refused(String answer) throws Exception {
        CompletableFuture<Connection> connected = connect("Sec-WebSocket-Extensions: " + answer + "\r\n");
        ExecutionException e = assertThrows(ExecutionException.class, () -> connected.get(10, TimeUnit.SECONDS));
        assertInstanceOf(HandshakeException.class, e.getCause());
        assertTrue(String.valueOf(e.getCause().getMessage()).contains("server accepted"), e.getCause()::getMessage);
    }
}
