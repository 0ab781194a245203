package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves when messages are compressed (RFC 7692), read by the JDK's own inflater. */
class CompressedSendingTest {
    private static final Deflate TAKEOVER = Deflate.DEFAULTS.withContextTakeover();

    private static Rig rig(Role role, Deflate deflate, SendPolicy policy) {
        return Rig.compressing(role, Limits.DEFAULTS, deflate, policy).open();
    }

    private static Rig rig(Deflate deflate) {
        return rig(Role.SERVER, deflate, SendPolicy.fail());
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("messages under the threshold go as they are, and so do those that would not become smaller")
    void threshold(Role role) {
        for (Deflate deflate : List.of(Deflate.DEFAULTS, TAKEOVER)) {
            Rig rig = rig(role, deflate, SendPolicy.fail());
            rig.connection.send("x".repeat(1023));
            rig.connection.send("x".repeat(1024));
            rig.connection.send(ByteBuffer.wrap(random(2000)));
            rig.connection.send(ByteBuffer.allocate(50_000));
            rig.connection.send(Message.text("y".repeat(20_000)));
            rig.connection.send(ByteBuffer.wrap(random(20_000)));
            rig.connection.sendAsync(Message.binary(ByteBuffer.allocate(3000)));
            rig.connection.ping(ByteBuffer.allocate(0));
            rig.connection.send("");
            assertEquals(
                    List.of(
                            "text 1023 bytes",
                            "text* 1024 bytes",
                            "binary 2000 bytes",
                            "binary* 50000 bytes",
                            "text* 20000 bytes",
                            "binary 20000 bytes",
                            "binary* 3000 bytes",
                            "ping",
                            "text"),
                    rig.sent());
            assertEquals(0, rig.connection.queuedBytes());
            assertEquals(0, rig.connection.queuedMessages());
        }
    }

    @Test
    @DisplayName("TX-7: what is sent while a read is handled leaves in one write, compressed or not, in order")
    void oneWrite() {
        for (Deflate deflate : List.of(Deflate.DEFAULTS, TAKEOVER)) {
            Rig rig = rig(deflate);
            rig.endpoint.onText = (connection, text) -> {
                connection.send(text.repeat(1000));
                connection.send(text);
                return null;
            };
            int writes = rig.transport.writes;
            rig.receive(rig.peer.text("abc"), rig.peer.ping("p"), rig.peer.text("de"));
            assertEquals(
                    List.of("text* 3000 bytes", "text abc", "pong p", "text* 2000 bytes", "text de").stream()
                            .sorted()
                            .toList(),
                    rig.sent().stream().sorted().toList());
            List<String> texts =
                    rig.sent().stream().filter(line -> line.startsWith("text")).toList();
            assertEquals(List.of("text* 3000 bytes", "text abc", "text* 2000 bytes", "text de"), texts);
            assertEquals(writes + 1, rig.transport.writes);
        }
    }

    @Test
    @DisplayName("7692-7.2.3.2: with context takeover a message that resembles an earlier one becomes smaller")
    void takeover() {
        String text = new Random(1)
                .ints(300, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .repeat(4);
        List<Integer> sizes = new ArrayList<>();
        for (Deflate deflate : List.of(Deflate.DEFAULTS, TAKEOVER)) {
            Rig rig = rig(deflate);
            rig.connection.send(text);
            int first = rig.transport.written().length;
            rig.connection.send(ByteBuffer.wrap(random(2000)));
            int plain = rig.transport.written().length;
            rig.connection.send(text);
            sizes.add(first);
            sizes.add(rig.transport.written().length - plain);
            assertEquals(List.of("text* 1200 bytes", "binary 2000 bytes", "text* 1200 bytes"), rig.sent());
        }
        assertEquals(sizes.get(0), sizes.get(1));
        assertTrue(sizes.get(3) < 40, sizes.toString());
    }

    @Test
    @DisplayName("TX-2: with context takeover, what is dropped from the queue was never part of the context")
    void dropped() {
        for (SendPolicy policy : List.of(SendPolicy.dropOldest(), SendPolicy.conflate())) {
            Rig rig = rig(Role.SERVER, TAKEOVER, policy);
            rig.transport.takeNothing();
            for (int i = 0; i < 3000; i++) {
                rig.connection.trySend(
                        Message.text((i + " and so on ").repeat(200)).key(i % 7));
            }
            assertTrue(rig.connection.droppedMessages() > 1000);
            rig.transport.allowAll();
            rig.executor.runAll();
            assertEquals(0, rig.connection.queuedMessages());
            // Each can be read.
            List<String> sent = rig.sent();
            assertTrue(sent.size() > 5);
            assertTrue(sent.stream().allMatch(line -> line.startsWith("text* ")), sent.toString());
        }
    }

    @Test
    @DisplayName("TX-6: one broadcast compresses once, however many connections get it, and whatever their policy")
    void broadcast() {
        byte[] bytes = new byte[5000];
        Message message = Message.binary(ByteBuffer.wrap(bytes));
        Rig first = rig(Deflate.DEFAULTS);
        first.connection.send(message);
        byte[] sent = first.transport.written();
        // Not allowed as long as the message is to be sent; but so it shows who looks at the payload again.
        System.arraycopy(random(5000), 0, bytes, 0, 5000);
        Rig dropping = rig(Role.SERVER, Deflate.DEFAULTS, SendPolicy.dropOldest());
        Rig late = rig(Deflate.DEFAULTS);
        late.transport.takeNothing();
        List<Rig> others = List.of(rig(Deflate.DEFAULTS), dropping, late);
        others.forEach(rig -> rig.connection.sendAsync(message));
        late.transport.allowAll();
        for (Rig rig : others) {
            assertEquals(List.of("binary* 5000 bytes"), rig.sent());
            assertEquals(sent.length, rig.transport.written().length);
        }
        Rig takeover = rig(TAKEOVER);
        takeover.connection.send(message);
        assertEquals(List.of("binary 5000 bytes"), takeover.sent());
    }

    @Test
    @DisplayName("TX-4: the caller's buffer is as it was, and may change when the send has returned")
    void buffer() {
        for (Deflate deflate : List.of(Deflate.DEFAULTS, TAKEOVER)) {
            Rig rig = rig(deflate);
            rig.transport.takeNothing();
            ByteBuffer data = ByteBuffer.allocate(4000).position(1000);
            for (int i = 0; i < 3; i++) {
                rig.connection.send(data);
                assertEquals(1000, data.position());
                assertEquals(4000, data.limit());
                data.put(2000, random(2000));
            }
            rig.transport.allowAll();
            rig.executor.runAll();
            assertEquals("binary* 3000 bytes", rig.sent().get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("TX-1: messages of many threads leave whole, those of a thread in their order, the context intact")
    void threads(boolean takeover) {
        Rig rig = Rig.compressing(
                        Role.SERVER,
                        Limits.builder()
                                .queueMessages(10_000)
                                .queueBytes(1 << 30)
                                .build(),
                        takeover ? TAKEOVER : Deflate.DEFAULTS,
                        SendPolicy.fail())
                .open();
        rig.transport.perWrite = 700;
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int t = 1; t <= 4; t++) {
            int thread = t;
            senders.add(CompletableFuture.runAsync(() -> send(rig.connection, thread)));
        }
        senders.forEach(CompletableFuture::join);
        rig.executor.runUntil(() -> rig.connection.queuedMessages() == 0);
        List<Integer> lengths = rig.sent().stream()
                .map(line -> Integer.valueOf(line.replaceAll("\\D", "")))
                .toList();
        assertEquals(400, lengths.size());
        for (int t = 1; t <= 4; t++) {
            int thread = t;
            List<Integer> own =
                    lengths.stream().filter(n -> n / 10_000 == thread).toList();
            List<Integer> sorted = new ArrayList<>(own);
            Collections.sort(sorted);
            assertEquals(100, own.size());
            assertEquals(sorted, own);
        }
    }

    private static void send(Connection connection, int thread) {
        for (int i = 0; i < 100; i++) {
            connection.send("ab".repeat((10_000 * thread) / 2 + i));
        }
    }
}
