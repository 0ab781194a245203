package dev.ferrule.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.BlockingConnection;
import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.Server;
import dev.ferrule.protocol.CloseCode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On real threads that wait, over the network that the process shares. */
class BlockingConnectionTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Client client = Ferrule.client().adapter("memory").build();
    private Server server;

    private BlockingConnection connect(BlockingConnection.Handler handler) throws Exception {
        server = Ferrule.server()
                .adapter("memory")
                .route("/", BlockingConnection.endpoint(handler, threads))
                .start();
        return BlockingConnection.connect(client, ConnectRequest.to(server.uri("/")));
    }

    @AfterEach
    void stop() {
        client.close();
        if (server != null) {
            server.close();
        }
        threads.shutdownNow();
    }

    private static void echo(BlockingConnection connection) throws InterruptedException {
        for (Message message; (message = connection.receive()) != null; ) {
            connection.send(message);
        }
    }

    private static String text(BlockingConnection connection) throws InterruptedException {
        return connection.receive() instanceof Message.Text text ? text.text() : "no text";
    }

    @Test
    @DisplayName("receive waits for the next message, and returns null when the connection has ended")
    void echoes() throws Exception {
        BlockingConnection connection = connect(BlockingConnectionTest::echo);
        for (int i = 0; i < 1000; i++) {
            connection.send("message " + i);
            assertEquals("message " + i, text(connection));
        }
        ByteBuffer large = ByteBuffer.allocate(60_000);
        connection.send(Message.binary(large));
        assertEquals(large, connection.receive().payload());
        CloseEvent event = connection.close(CloseCode.of(3000), "enough");
        assertTrue(event.clean());
        assertNull(connection.receive());
        assertNull(connection.receive());
        assertEquals(event, connection.awaitClosed());
        SendException closed = assertThrows(SendException.class, () -> connection.send("late"));
        assertEquals(SendException.Reason.NOT_OPEN, closed.reason());
    }

    @Test
    @DisplayName("many threads that send wait for each other, and never overrun the queue")
    void manySenders() throws Exception {
        int senders = 8;
        int each = 500;
        BlockingConnection connection = connect(served -> {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                running.add(CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int k = 0; k < each; k++) {
                                    served.send(Message.binary(ByteBuffer.allocate(4000)));
                                }
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        threads));
            }
            running.forEach(CompletableFuture::join);
        });
        int received = 0;
        while (connection.receive() != null) {
            received++;
        }
        assertEquals(senders * each, received);
        assertEquals(CloseCode.NORMAL_CLOSURE, connection.awaitClosed().code());
    }

    @Test
    @DisplayName("one message is read ahead, and the peer of a slow handler waits")
    void slowHandler() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        BlockingConnection connection = connect(served -> {
            go.await();
            echo(served);
        });
        CompletableFuture<Void> sent = null;
        // More than the link, the buffer of the reader and the message read ahead hold, and less than half a send
        // queue.
        for (int i = 0; i < 8; i++) {
            sent = connection
                    .connection()
                    .sendAsync(Message.binary(ByteBuffer.allocate(50_000)))
                    .toCompletableFuture();
        }
        assertFalse(sent.isDone());
        go.countDown();
        for (int i = 0; i < 8; i++) {
            assertEquals(50_000, connection.receive().payload().remaining());
        }
        sent.join();
    }

    @Test
    @DisplayName("a handler that returns closes with 1000, one that throws with 1011")
    void ends() throws Exception {
        BlockingConnection done = connect(served -> assertEquals("bye", text(served)));
        done.send("bye");
        // Nobody receives this, if it isn't too late for it, and all the same the closing handshake is done.
        boolean sent = done.connection().trySend(Message.text("never received"));
        assertNull(done.receive());
        assertEquals("1000 NORMAL_CLOSURE by PEER, clean", done.awaitClosed().toString(), "sent: " + sent);
        server.close();
        BlockingConnection failed = connect(served -> {
            throw new IllegalStateException("on purpose");
        });
        assertNull(failed.receive());
        assertEquals("1011 INTERNAL_ERROR by PEER, clean", failed.awaitClosed().toString());
    }

    @Test
    @DisplayName("a try block closes, though messages wait that nobody has received")
    void tryBlock() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        BlockingConnection left;
        try (BlockingConnection connection = connect(served -> {
            first.countDown();
            while (true) {
                served.send("and another");
            }
        })) {
            left = connection;
            first.await();
        }
        assertTrue(left.awaitClosed().clean());
    }

    @Test
    @DisplayName("a thread that is interrupted stops waiting, and the connection stays")
    void interrupted() throws Exception {
        BlockingConnection connection = connect(BlockingConnectionTest::echo);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, connection::receive);
        connection.send("still there");
        assertEquals("still there", text(connection));
        Thread.currentThread().interrupt();
        connection.close();
        assertTrue(Thread.interrupted());
        assertNull(connection.receive());
    }

    @Test
    @DisplayName("a refused handshake throws its own exception")
    void refused() {
        ConnectRequest nowhere = ConnectRequest.to(URI.create("ws://127.0.0.1:1/"));
        assertThrows(HandshakeException.class, () -> BlockingConnection.connect(client, nowhere));
    }
}
