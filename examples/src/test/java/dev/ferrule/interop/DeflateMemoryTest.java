package dev.ferrule.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compressed messages leave behind, and what they take at most, on real sockets. */
class DeflateMemoryTest {
    private static final int CONNECTIONS = 1000;
    private static final int MESSAGE_BYTES = 1 << 20;
    private static final String REQUEST = String.join(
            "\r\n",
            "GET /echo HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Extensions: permessage-deflate",
            "",
            "");

    private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final Endpoint echo = new Endpoint() {
        @Override
        public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
            connection.send(data);
            return null;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            closes.add(event.code().value());
        }
    };

    private Server server(String adapter) throws IOException {
        return Ferrule.server()
                .adapter(adapter)
                .limits(Limits.builder().messageBytes(MESSAGE_BYTES).build())
                .deflate(Deflate.DEFAULTS.withContextTakeover())
                .route("/echo", echo)
                .start();
    }

    private static Socket open(Server server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        assertTrue(head.indexOf("permessage-deflate") > 0, head.toString());
        return socket;
    }

    /** A masked frame with a compressed message of zeros. */
    private static byte[] frame(int size) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[size]);
        byte[] compressed = new byte[size / 500 + 1000];
        int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH) - 4;
        deflater.end();
        ByteBuffer frame = ByteBuffer.allocate(14 + length).put((byte) 0xC2);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            frame.put((byte) 0xFE).putShort((short) length);
        } else {
            frame.put((byte) 0xFF).putLong(length);
        }
        frame.putInt(0).put(compressed, 0, length);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** The first byte of the next frame, whose payload is passed over. */
    private static int next(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        in.readFully(new byte[length == 126 ? in.readUnsignedShort() : length]);
        return first;
    }

    private long heapAfter(Server server, int connections) throws Exception {
        byte[] message = frame(40_000);
        for (int i = 0; i < connections; i++) {
            try (Socket socket = open(server)) {
                OutputStream out = socket.getOutputStream();
                out.write(message);
                assertEquals(0xC2, next(socket));
                out.write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
                assertEquals(0x88, next(socket));
            }
            assertEquals(1005, closes.poll(20, TimeUnit.SECONDS));
        }
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"undertow", "jetty"})
    @DisplayName("1,000 connections that exchanged a compressed message and have closed leave nothing on the heap")
    void nothingLeft(String adapter) throws Exception {
        try (Server server = server(adapter)) {
            long before = heapAfter(server, CONNECTIONS / 10);
            long after = heapAfter(server, CONNECTIONS);
            // A window of each would be 40 MB.
            assertTrue(after - before < 4 << 20, () -> "grew by " + (after - before) + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"undertow", "jetty"})
    @DisplayName("7692-inv-2: a bomb of 60 MB ends with 1009, and what was allocated is of the size of the limit")
    void bomb(String adapter) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] bomb = frame(60_000_000);
        assertTrue(bomb.length < 65_536);
        try (Server server = server(adapter)) {
            heapAfter(server, 1);
            try (Socket socket = open(server)) {
                long before = allocated(threads);
                socket.getOutputStream().write(bomb);
                assertEquals(0x88, next(socket));
                assertEquals(1009, closes.poll(20, TimeUnit.SECONDS));
                long allocated = allocated(threads) - before;
                // Besides the message some buffers, and what other threads of the process do.
                assertTrue(allocated < MESSAGE_BYTES + (MESSAGE_BYTES >> 1), () -> allocated + " bytes");
            }
        }
    }

    private static long allocated(ThreadMXBean threads) {
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
