package dev.ferrule.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.ConnectRequest;
import dev.ferrule.Ferrule;
import dev.ferrule.FlowConnection;
import dev.ferrule.HandshakeException;
import dev.ferrule.Message;
import dev.ferrule.Server;
import dev.ferrule.protocol.CloseCode;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowConnectionTest {
    /** Writes down what it is told, and asks for nothing by itself. */
    private static final class Log implements Flow.Subscriber<Message> {
        private final List<String> signals = new ArrayList<>();
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            signals.add("subscribed");
        }

        @Override
        public void onNext(Message message) {
            signals.add(
                    message instanceof Message.Text text
                            ? text.text()
                            : message.payload().remaining() + " bytes");
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure.getMessage());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    private final Network network = new Network();
    private final Log log = new Log();

    private Peer connect(Consumer<FlowConnection> opened) throws Exception {
        Server server = network.start(Ferrule.server().route("/", FlowConnection.endpoint(opened)));
        return network.connect(server.uri("/"));
    }

    private Peer logged() throws Exception {
        return connect(connection -> connection.messages().subscribe(log));
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    @DisplayName("an echo is one subscription")
    void echo() throws Exception {
        Peer peer = connect(connection -> connection.messages().subscribe(connection.sender()));
        for (int i = 0; i < 100; i++) {
            peer.send("message " + i);
        }
        peer.send(ByteBuffer.allocate(3));
        for (int i = 0; i < 100; i++) {
            assertEquals("message " + i, peer.text());
        }
        assertEquals(3, peer.binary().remaining());
        assertTrue(peer.close().clean());
    }

    @Test
    @DisplayName("no message comes that was not asked for, and the peer feels it")
    void demand() throws Exception {
        Peer peer = logged();
        peer.send("one");
        peer.send(ByteBuffer.allocate(2));
        peer.send("three");
        network.settle();
        assertEquals(List.of("subscribed"), log.signals);
        log.subscription.request(2);
        network.settle();
        assertEquals(List.of("subscribed", "one", "2 bytes"), log.signals);
        log.subscription.request(1);
        peer.connection().close();
        network.settle();
        assertEquals(List.of("subscribed", "one", "2 bytes", "three", "complete"), log.signals);
    }

    @Test
    @DisplayName("a connection that ends otherwise than by a closing handshake is a failed stream")
    void failure() throws Exception {
        Peer peer = logged();
        peer.link().reset();
        network.settle();
        assertEquals(
                List.of(
                        "subscribed",
                        "connection ended: 1006 ABNORMAL_CLOSURE by TRANSPORT, not clean, cause: connection reset"),
                log.signals);
    }

    @Test
    @DisplayName("who subscribes behind the end learns of it; a second subscriber is refused")
    void lateAndSecond() throws Exception {
        List<FlowConnection> opened = new ArrayList<>();
        Peer peer = connect(opened::add);
        peer.close();
        network.settle();
        opened.get(0).messages().subscribe(log);
        assertEquals(List.of("subscribed", "complete"), log.signals);
        Log second = new Log();
        opened.get(0).messages().subscribe(second);
        assertEquals(List.of("subscribed", "the messages of a connection have one subscriber"), second.signals);
    }

    @Test
    @DisplayName("who cancels closes with 1000, whatever the peer still sends")
    void cancel() throws Exception {
        Peer peer = logged();
        peer.send("one");
        peer.send("two");
        log.subscription.cancel();
        assertEquals(CloseCode.NORMAL_CLOSURE, peer.closed().code());
        assertTrue(peer.closed().clean());
        assertEquals(List.of("subscribed"), log.signals);
    }

    @Test
    @DisplayName("a subscriber that throws ends the connection with 1011")
    void throwing() throws Exception {
        Peer peer = connect(connection -> connection.messages().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Message message) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        }));
        peer.send("one");
        assertEquals(CloseCode.INTERNAL_ERROR, peer.closed().code());
    }

    /** Counts what is asked for and gives what the test says. */
    private static final class Source implements Flow.Subscription {
        private long requested;
        private boolean cancelled;

        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    @DisplayName("the sender asks for the next message when the transport has taken the one before")
    void backPressure() throws Exception {
        List<FlowConnection> opened = new ArrayList<>();
        Peer peer = connect(opened::add);
        Flow.Subscriber<Message> sender = opened.get(0).sender();
        Source source = new Source();
        sender.onSubscribe(source);
        peer.link().toClient().stall();
        sender.onNext(Message.binary(ByteBuffer.allocate(Direction.WINDOW)));
        network.settle();
        assertEquals(1, source.requested);
        peer.link().toClient().resume();
        assertEquals(Direction.WINDOW, peer.binary().remaining());
        assertEquals(2, source.requested);
        peer.link().reset();
        network.settle();
        assertTrue(source.cancelled);
    }

    @Test
    @DisplayName("when the publisher completes the connection is closed with 1000, when it fails with 1011")
    void ends() throws Exception {
        Peer completed = connect(connection -> connection.sender().onComplete());
        assertEquals(CloseCode.NORMAL_CLOSURE, completed.closed().code());
        Peer failed = connect(connection -> connection.sender().onError(new IOException("on purpose")));
        assertEquals(CloseCode.INTERNAL_ERROR, failed.closed().code());
        Source source = new Source();
        Peer unpaired = connect(connection -> {
            connection.sender().onSubscribe(source);
            connection.sender().onNext(Message.text("\uD800"));
        });
        assertEquals(CloseCode.INTERNAL_ERROR, unpaired.closed().code());
        assertTrue(source.cancelled);
    }

    @Test
    @DisplayName("a client's connection is a stream, too; a refused handshake fails the stage")
    void client() throws Exception {
        Peer peer = network.peer();
        Server server = network.start(Ferrule.server().route("/", peer));
        FlowConnection connection = network.await(
                FlowConnection.connect(network.client(Ferrule.client()), ConnectRequest.to(server.uri("/"))));
        connection.messages().subscribe(log);
        log.subscription.request(1);
        peer.send("hello");
        network.settle();
        assertEquals(List.of("subscribed", "hello"), log.signals);
        assertFalse(connection.connection().attributes().isEmpty());
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> network.await(FlowConnection.connect(
                        network.client(Ferrule.client()), ConnectRequest.to(URI.create("ws://127.0.0.1:1/")))));
        assertTrue(refused.getCause() instanceof HandshakeException);
    }
}
