package dev.ferrule.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.ClientBuilder;
import dev.ferrule.CloseEvent;
import dev.ferrule.CloseEvent.Initiator;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Tls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Open connections of the JDK client against raw sockets, in each mode of callbacks. */
@ParameterizedClass
@EnumSource(WebSocketPiecesTest.Mode.class)
class WebSocketPiecesTest {
    enum Mode {
        BLOCKING,
        INLINE,
        EXECUTOR,
        TLS
    }

    private static final int MIB = 1 << 20;

    @Parameter
    Mode mode;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Client client;
    private Peer peer;

    @AfterEach
    void close() throws Exception {
        if (client != null) {
            client.close();
        }
        if (peer != null) {
            peer.close();
        }
        executor.shutdownNow();
    }

    private Connection connect(Endpoint endpoint, Frame... behind) throws Exception {
        Limits limits = Limits.builder()
                .messageBytes(MIB)
                .frameBytes(MIB)
                .queueBytes(4 * MIB)
                .build();
        ClientBuilder builder = Ferrule.client().adapter("jdk").limits(limits);
        switch (mode) {
            case INLINE -> builder.inline();
            case EXECUTOR -> builder.executor(executor);
            case TLS -> builder.tls(Tls.trustingKit());
            case BLOCKING -> {}
        }
        client = builder.build();
        peer = new Peer(mode == Mode.TLS);
        CompletableFuture<Connection> connected =
                client.connect(ConnectRequest.to(peer.uri()), endpoint).toCompletableFuture();
        peer.open(behind);
        return connected.get(10, TimeUnit.SECONDS);
    }

    /** Round trips until the JDK has moved the connection from the thread that opened it to the selector's: see Provider. */
    private void settle(Recording recording) throws Exception {
        for (int i = 0; i < 20; i++) {
            peer.send(Frame.ping("settle"));
            assertEquals(Opcode.PONG, peer.frame().opcode());
            Thread.sleep(1);
        }
        recording.events.clear();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    // ------------------------------------------------------------------ messages

    @Test
    void echoesTextAndBinaryWholeAndInFragments() throws Exception {
        Recording recording = new Recording();
        connect(recording);
        byte[] bytes = random(1000);
        peer.send(
                Frame.text("plain"),
                Frame.text("grün ").notFinal(),
                Frame.ping("?"),
                Frame.continuation("").notFinal(),
                Frame.continuation("\uD83D\uDE00"),
                Frame.text(""),
                Frame.binary(Bytes.copyOf(bytes).slice(0, 400)).notFinal(),
                Frame.continuation(Bytes.copyOf(bytes).slice(400, 1000)));
        assertEquals("plain", new String(peer.message(), StandardCharsets.UTF_8));
        assertEquals("grün \uD83D\uDE00", new String(peer.message(), StandardCharsets.UTF_8));
        assertEquals("", new String(peer.message(), StandardCharsets.UTF_8));
        assertArrayEquals(bytes, peer.message());
    }

    @Test
    void echoesOneMebibyte() throws Exception {
        connect(new Recording());
        byte[] bytes = random(MIB);
        peer.send(Frame.binary(Bytes.copyOf(bytes)));
        assertArrayEquals(bytes, peer.message());
        String text = "ä€\uD83D\uDE00x".repeat(MIB / 10);
        peer.send(Frame.text(text));
        assertEquals(text, new String(peer.message(), StandardCharsets.UTF_8));
    }

    @Test
    void deliversWhatComesRightBehindTheResponse() throws Exception {
        Recording recording = new Recording();
        connect(recording, Frame.text("1"), Frame.text("2"), Frame.binary(Bytes.of(3)), Frame.close(1000, "bye"));
        CloseEvent event = recording.end();
        assertEquals("1", recording.next());
        assertEquals("2", recording.next());
        assertArrayEquals(new byte[] {3}, (byte[]) recording.next());
        assertEquals(new CloseEvent(CloseCode.NORMAL_CLOSURE, "bye", Initiator.PEER, true, null), event);
    }

    @Test
    void manySendersAtOnceAreNeitherTornNorReordered() throws Exception {
        Connection connection = connect(new Recording());
        int senders = 4;
        int each = 2500;
        List<Thread> threads = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int id = sender;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    Message message = i % 2 == 0
                            ? Message.text(id + ":" + i)
                            : Message.binary(ByteBuffer.wrap((id + ":" + i).getBytes(StandardCharsets.UTF_8)));
                    while (!connection.trySend(message)) {
                        Thread.onSpinWait();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        int[] next = new int[senders];
        for (int i = 0; i < senders * each; i++) {
            String[] parts = new String(peer.message(), StandardCharsets.UTF_8).split(":", 2);
            int sender = Integer.parseInt(parts[0]);
            assertEquals(next[sender]++, Integer.parseInt(parts[1]));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void aLittleEndianBufferArrivesAsItIs() throws Exception {
        Connection connection = connect(new Recording());
        byte[] bytes = random(1001);
        ByteBuffer direct = ByteBuffer.allocateDirect(1003).order(ByteOrder.LITTLE_ENDIAN);
        direct.put(1, bytes).position(1).limit(1002);
        CompletableFuture<Void> sent =
                connection.sendAsync(Message.binary(direct)).toCompletableFuture();
        assertArrayEquals(bytes, peer.message());
        sent.get(10, TimeUnit.SECONDS);
        assertEquals(ByteOrder.LITTLE_ENDIAN, direct.order());
        assertEquals(1, direct.position());
        assertEquals(1002, direct.limit());
    }

    @Test
    void sendsCompleteInOrderThoughThePeerReadsSlowly() throws Exception {
        Connection connection = connect(new Recording());
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int number = i;
            all.add(connection
                    .sendAsync(Message.binary(ByteBuffer.wrap(random(100_000))))
                    .thenRun(() -> completed.add(number))
                    .toCompletableFuture());
        }
        for (int i = 0; i < 30; i++) {
            assertEquals(100_000, peer.message().length);
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertEquals(IntStream.range(0, 30).boxed().toList(), completed);
    }

    @Test
    void aPingTellsTheRoundTripTime() throws Exception {
        Connection connection = connect(new Recording());
        CompletableFuture<Duration> roundTrip = connection
                .ping(ByteBuffer.wrap("hey".getBytes(StandardCharsets.UTF_8)))
                .toCompletableFuture();
        Frame ping = peer.frame();
        assertEquals(Opcode.PING, ping.opcode());
        peer.send(Frame.pong("hey"));
        assertTrue(roundTrip.get(10, TimeUnit.SECONDS).toNanos() > 0);
    }

    @Test
    void aStageHoldsTheNextMessageBack() throws Exception {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        Recording recording = new Recording() {
            @Override
            public CompletionStage<?> onText(Connection connection, String text) {
                super.onText(connection, text);
                return text.equals("first") ? stage : null;
            }
        };
        connect(recording);
        peer.send(Frame.text("first"));
        for (int i = 0; i < 1000; i++) {
            peer.send(Frame.text("m" + i));
        }
        assertEquals("first", recording.next());
        assertNull(recording.events.poll(100, TimeUnit.MILLISECONDS));
        stage.complete(null);
        for (int i = 0; i < 1000; i++) {
            assertEquals("m" + i, recording.next());
        }
    }

    // ------------------------------------------------------------------ ends

    @Test
    void closesWithACodeAndAReason() throws Exception {
        Recording recording = new Recording();
        Connection connection = connect(recording);
        connection.send("last words");
        connection.close(CloseCode.of(4711), "done");
        assertEquals("last words", new String(peer.message(), StandardCharsets.UTF_8));
        assertEquals(Frame.close(4711, "done").payload(), peer.frame().payload());
        peer.send(Frame.close(4712, "you too"));
        assertEquals(new CloseEvent(CloseCode.of(4712), "you too", Initiator.LOCAL, true, null), recording.end());
        assertNull(peer.frame());
    }

    @Test
    void whatTheJdkCantSendGoesAs1008() throws Exception {
        Recording recording = new Recording();
        Connection connection = connect(recording);
        connection.close(CloseCode.UNSUPPORTED_DATA, "no");
        assertEquals(Frame.close(1008, "no").payload(), peer.frame().payload());
        peer.send(Frame.close(1008, ""));
        assertEquals(Initiator.LOCAL, recording.end().initiator());
    }

    @Test
    void answersThePeersCloseWithItsCode() throws Exception {
        for (int code : new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 4999}) {
            Recording recording = new Recording();
            connect(recording);
            peer.send(Frame.close(code, "bye"));
            assertEquals(Frame.close(code, "").payload(), peer.frame().payload());
            assertEquals(new CloseEvent(CloseCode.of(code), "bye", Initiator.PEER, true, null), recording.end());
            assertNull(peer.frame());
            close();
        }
    }

    @Test
    void answersACloseWithoutACodeWith1000() throws Exception {
        Recording recording = new Recording();
        connect(recording);
        peer.send(Frame.close());
        assertEquals(Frame.close(1000, "").payload(), peer.frame().payload());
        assertEquals(new CloseEvent(CloseCode.NO_STATUS_RECEIVED, "", Initiator.PEER, true, null), recording.end());
    }

    @Test
    void aCloseWith1010IsAProtocolErrorToTheJdk() throws Exception {
        Recording recording = new Recording();
        connect(recording);
        peer.send(Frame.close(1010, ""));
        assertEquals(CloseCode.PROTOCOL_ERROR, recording.end().code());
    }

    @Test
    void codesOver4999AreAProtocolError() throws Exception {
        Recording recording = new Recording();
        connect(recording);
        peer.send(Frame.close(5000, ""));
        assertEquals(Frame.close(1008, "").payload(), peer.frame().payload());
        assertEquals(CloseCode.PROTOCOL_ERROR, recording.end().code());
        assertEquals(Initiator.LOCAL, recording.end().initiator());
    }

    @Test
    void aProtocolErrorComesBehindTheMessagesBeforeIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            Recording recording = new Recording();
            connect(recording);
            peer.send(Frame.text("before"), Frame.of(3, Bytes.EMPTY), Frame.text("after"));
            CloseEvent event = recording.end();
            assertEquals(CloseCode.PROTOCOL_ERROR, event.code());
            assertEquals(Initiator.LOCAL, event.initiator());
            assertEquals("before", recording.next());
            assertNull(recording.events.poll());
            close();
        }
    }

    @Test
    void invalidUtf8EndsAs1007() throws Exception {
        Recording recording = new Recording();
        connect(recording);
        peer.send(Frame.text(Bytes.of(0xC0, 0xAF)));
        assertEquals(CloseCode.INVALID_FRAME_PAYLOAD_DATA, recording.end().code());
        close();
        recording = new Recording();
        connect(recording);
        peer.send(Frame.close(1000, Bytes.of(0xFF)));
        assertEquals(CloseCode.INVALID_FRAME_PAYLOAD_DATA, recording.end().code());
    }

    @Test
    void aMessageThatIsTooBigEndsAs1009() throws Exception {
        Recording recording = new Recording();
        connect(recording);
        peer.send(Frame.binary(Bytes.copyOf(random(MIB + 1))));
        assertEquals(CloseCode.MESSAGE_TOO_BIG, recording.end().code());
        assertEquals(Frame.close(1008, "").payload(), peer.frame().payload());
    }

    @Test
    void theEndIsNoticedWhileACallbackRuns() throws Exception {
        for (int messages = 0; messages < 8; messages++) {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            Recording recording = new Recording() {
                @Override
                public CompletionStage<?> onText(Connection connection, String text) {
                    events.add(text);
                    entered.countDown();
                    if (mode != Mode.INLINE) {
                        try {
                            ended.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                    return null;
                }
            };
            connect(recording);
            settle(recording);
            for (int i = 0; i < messages; i++) {
                peer.send(Frame.text("m" + i));
            }
            if (messages > 0) {
                entered.await();
            }
            peer.wire().finish();
            Thread.sleep(20);
            ended.countDown();
            CloseEvent event = recording.end();
            assertEquals(CloseCode.ABNORMAL_CLOSURE, event.code());
            assertEquals(Initiator.TRANSPORT, event.initiator());
            assertEquals(messages, recording.events.size());
            close();
        }
    }

    @Test
    void theEndRightBehindAMessageIsNoticed() throws Exception {
        for (int i = 0; i < 10; i++) {
            Recording recording = new Recording();
            connect(recording);
            settle(recording);
            peer.send(Frame.text("x"));
            peer.wire().finish();
            assertEquals(CloseCode.ABNORMAL_CLOSURE, recording.end().code());
            close();
        }
    }

    @Test
    void aResetEndsTheConnection() throws Exception {
        Recording recording = new Recording();
        connect(recording);
        peer.wire().reset();
        assertEquals(CloseCode.ABNORMAL_CLOSURE, recording.end().code());
        assertEquals(Initiator.TRANSPORT, recording.end().initiator());
    }

    @Test
    void abortDropsTcpWithoutAClose() throws Exception {
        Recording recording = new Recording();
        Connection connection = connect(recording);
        connection.abort();
        assertNull(peer.frame());
        assertEquals(new CloseEvent(CloseCode.ABNORMAL_CLOSURE, "", Initiator.LOCAL, false, null), recording.end());
    }

    @Test
    void aCallbackThatThrowsEndsAs1011() throws Exception {
        IllegalStateException thrown = new IllegalStateException("on purpose");
        Recording recording = new Recording() {
            @Override
            public CompletionStage<?> onText(Connection connection, String text) {
                throw thrown;
            }
        };
        connect(recording);
        peer.send(Frame.text("x"));
        assertEquals(Frame.close(1011, "").payload(), peer.frame().payload());
        assertEquals(CloseCode.INTERNAL_ERROR, recording.end().code());
        assertEquals(thrown, recording.end().cause());
    }

    // ------------------------------------------------------------------ threads

    @Test
    void callbacksThatMayBlockRunOnThreadsOfTheirOwn() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>();
        Recording recording = new Recording() {
            @Override
            public CompletionStage<?> onText(Connection connection, String text) {
                thread.set(Thread.currentThread().getName());
                return super.onText(connection, text);
            }
        };
        connect(recording);
        peer.send(Frame.text("x"));
        peer.message();
        String threads = switch (mode) {
            case BLOCKING, TLS -> "ferrule-jdk-.*";
            // The JDK hands over the first events on the thread that opened the connection: one of its common pool, or,
            // where that has a single processor, one made for the purpose.
            case INLINE -> "(HttpClient-|ForkJoinPool|Thread-).*";
            case EXECUTOR -> "pool-.*";
        };
        assertTrue(thread.get().matches(threads), thread.get());
    }
}
