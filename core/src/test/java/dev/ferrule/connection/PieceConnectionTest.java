package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Callbacks;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.MessageWriter;
import dev.ferrule.PartialEndpoint;
import dev.ferrule.SendException;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same promises over an engine that speaks WebSocket itself. */
class PieceConnectionTest {
    @RegisterExtension
    final Log log = new Log();

    private final ManualExecutor executor = new ManualExecutor();
    private final Recorder endpoint = new Recorder();
    private final ScriptedPieces pieces = new ScriptedPieces(executor);
    private PieceConnection connection;

    private void open(Limits limits) {
        open(new Rig.Settled(Role.CLIENT, limits, Callbacks.BLOCKING, endpoint));
    }

    private void open(Opened opened) {
        connection = new PieceConnection(opened, pieces);
        pieces.listener(connection);
        connection.opened();
        executor.runAll();
    }

    private void open() {
        open(Limits.DEFAULTS);
    }

    private void feed(Consumer<PieceConnection> event) {
        pieces.feed(event);
        executor.runAll();
    }

    private void text(String text) {
        feed(c -> c.textReceived(text, true));
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    @Test
    @DisplayName("CB-1: messages and pongs in order, then onClose, once")
    void order() {
        open();
        text("a");
        feed(c -> c.pongReceived(bytes('p')));
        feed(c -> c.dataReceived(false, bytes(1, 2), true, true));
        feed(c -> c.closeReceived(CloseCode.of(4000), "bye"));
        feed(c -> c.textReceived("late", true));
        connection.lost(new IOException("late"));
        executor.runAll();
        assertEquals(List.of("open", "text a", "pong p", "binary 0102", "close 4000 PEER"), endpoint.events);
        assertEquals(List.of("close 4000"), pieces.sent);
    }

    @Test
    @DisplayName("RX-1: pieces of text and of bytes are put together")
    void pieces() {
        open();
        feed(c -> c.textReceived("a\u20AC", false));
        feed(c -> c.pingReceived(bytes('p')));
        feed(c -> c.textReceived(CharBuffer.wrap("b"), true));
        feed(c -> c.dataReceived(true, bytes(0xE2, 0x82), false, true));
        feed(c -> c.dataReceived(true, bytes(0xAC), true, true));
        feed(c -> c.dataReceived(false, bytes(1), false, true));
        feed(c -> c.dataReceived(false, bytes(2), true, false));
        assertEquals(List.of("open", "text a\u20ACb", "text \u20AC", "binary 0102"), endpoint.events);
        assertEquals(List.of("pong 70"), pieces.sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaa",
                "\u20AC\u20AC\u20ACa",
                "\uD83D\uDE00\uD83D\uDE00aa",
                "\u00E9\u00E9\u00E9\u00E9\u00E9"
            })
    @DisplayName("RX-2: the limit counts the bytes of UTF-8, over all pieces")
    void limit(String tenBytes) {
        open(Limits.builder().messageBytes(10).build());
        text(tenBytes);
        feed(c -> c.textReceived(tenBytes, false));
        feed(c -> c.textReceived("", true));
        assertEquals(List.of("open", "text " + tenBytes, "text " + tenBytes), endpoint.events);
        feed(c -> c.textReceived(tenBytes, false));
        feed(c -> c.textReceived("x", false));
        assertEquals("close 1009 LOCAL", endpoint.events.get(3));
        assertEquals(List.of("close 1009"), pieces.sent);
    }

    @Test
    @DisplayName("RX-3: bytes that are no UTF-8 fail with 1007")
    void invalidText() {
        open();
        feed(c -> c.dataReceived(true, bytes(0xC3, 0x28), true, true));
        assertEquals(List.of("open", "close 1007 LOCAL"), endpoint.events);
    }

    @Test
    @DisplayName("RX-5: without demand nothing is requested behind the first piece")
    void demand() {
        open();
        connection.demand(0);
        text("a");
        int requests = pieces.requests;
        text("b");
        assertEquals(List.of("open"), endpoint.events);
        assertEquals(requests, pieces.requests);
        connection.demand(1);
        executor.runAll();
        assertEquals(List.of("open", "text a"), endpoint.events);
        connection.demand(1);
        executor.runAll();
        assertEquals(List.of("open", "text a", "text b"), endpoint.events);
    }

    @Test
    @DisplayName(
            "RX-4: what the engine lends is requested back only after the stage, also if there was no room at first")
    void lent() {
        for (boolean waits : new boolean[] {false, true}) {
            endpoint.events.clear();
            open(Limits.builder().queueMessages(1).build());
            CompletableFuture<Void> stage = new CompletableFuture<>();
            endpoint.onBinary = (c, data) -> stage;
            pieces.writesAtOnce = !waits;
            connection.send("fills the queue");
            int requests = pieces.requests;
            feed(c -> c.dataReceived(false, bytes(1), true, true));
            if (waits) {
                assertEquals(List.of("open"), endpoint.events);
                pieces.written();
                executor.runAll();
            }
            assertEquals(List.of("open", "binary 01"), endpoint.events);
            assertEquals(requests, pieces.requests);
            stage.complete(null);
            executor.runAll();
            assertEquals(requests + 1, pieces.requests);
        }
    }

    @Test
    @DisplayName("TX-1, TX-3: one write at a time, in order; stages complete when the engine is done")
    void writes() {
        open();
        pieces.writesAtOnce = false;
        List<String> done = new ArrayList<>();
        connection.send("1");
        connection.sendAsync(Message.binary(bytes(2))).thenRun(() -> done.add("2"));
        ByteBuffer lent = bytes(3);
        connection.send(lent);
        lent.put(0, (byte) 9);
        connection.ping(bytes('p'));
        assertEquals(List.of("text 1"), pieces.sent);
        assertEquals(3, connection.queuedMessages());
        pieces.written();
        pieces.written();
        assertEquals(List.of("text 1", "ping 70", "binary 02"), pieces.sent);
        assertEquals(List.of(), done);
        pieces.written();
        executor.runAll();
        pieces.written();
        assertEquals(List.of("2"), done);
        assertEquals(List.of("text 1", "ping 70", "binary 02", "binary 03"), pieces.sent);
        assertEquals(0, connection.queuedMessages());
        assertEquals(0, connection.queuedBytes());
    }

    @Test
    @DisplayName("TX-3: the end fails what is in flight and what waits, once")
    void failedByTheEnd() {
        open();
        pieces.writesAtOnce = false;
        List<String> done = new ArrayList<>();
        for (String name : List.of("1", "2")) {
            connection
                    .sendAsync(Message.text(name))
                    .whenComplete((sent, failure) -> done.add(name + (failure != null)));
        }
        connection.abort();
        executor.runAll();
        pieces.written();
        executor.runAll();
        assertEquals(List.of("1true", "2true"), done);
        assertTrue(pieces.aborted);
        assertEquals(0, connection.queuedMessages());
        assertThrows(SendException.class, () -> connection.send("x"));
    }

    @Test
    @DisplayName("TX-5: a text with an unpaired surrogate never reaches the engine")
    void unpaired() {
        open();
        assertThrows(IllegalArgumentException.class, () -> connection.send("\uD800"));
        assertThrows(IllegalArgumentException.class, () -> connection.send(Message.text("?\uDC00")));
        assertEquals(List.of(), pieces.sent);
    }

    @Test
    @DisplayName("CL-2: a code that the engine can't send becomes 1008 with the same reason")
    void impossibleCode() {
        open();
        pieces.impossible = List.of(1010, 1009);
        connection.close(CloseCode.MANDATORY_EXTENSION, "why");
        assertEquals(List.of("close 1008 why"), pieces.sent);
        feed(c -> c.closeReceived(CloseCode.POLICY_VIOLATION, "why"));
        assertEquals("close 1008 LOCAL", endpoint.events.get(1));
    }

    @Test
    @DisplayName("CT-1: pings are answered, unless the engine does so itself")
    void pings() {
        pieces.answersPings = true;
        open();
        feed(c -> c.pingReceived(bytes('p')));
        assertEquals(List.of(), pieces.sent);
    }

    @Test
    @DisplayName("what the engine finds wrong, or loses, ends the connection once")
    void ends() {
        open();
        connection.violated(CloseCode.PROTOCOL_ERROR, new IOException("bad frame"));
        executor.runAll();
        assertEquals(List.of("open", "close 1002 LOCAL"), endpoint.events);
        endpoint.events.clear();
        pieces.aborted = false;
        open();
        feed(PieceConnection::endReceived);
        assertEquals(List.of("open", "close 1006 TRANSPORT"), endpoint.events);
        assertFalse(endpoint.closed.clean());
    }

    @Test
    @DisplayName("CB-5: a callback that throws fails the connection with 1011")
    void throwing() {
        open();
        endpoint.onText = (c, text) -> {
            throw new AssertionError("secret");
        };
        text("a");
        assertEquals(List.of("close 1011"), pieces.sent);
        assertEquals(List.of("open", "text a", "close 1011 LOCAL"), endpoint.events);
    }

    @Test
    @DisplayName("CL-3: behind our own Close a message that nobody asked for doesn't hide the peer's")
    void unaskedBehindOurClose() {
        open();
        connection.demand(0);
        text("held");
        connection.close();
        executor.runAll();
        feed(c -> c.textReceived("par", false));
        feed(c -> c.textReceived("tial", true));
        feed(c -> c.closeReceived(CloseCode.NORMAL_CLOSURE, ""));
        assertEquals(List.of("open", "close 1000 LOCAL"), endpoint.events);
    }

    @Test
    @DisplayName(
            "TX-8: a message that is sent piece by piece reaches the engine as pieces, and others wait for its end")
    void streamed() {
        open();
        MessageWriter<String> writer = connection.startText();
        connection.send("behind");
        writer.write("a");
        writer.write("b");
        writer.finish();
        assertEquals(List.of("text+ a", "text+ b", "text", "text behind"), pieces.sent);
        assertEquals(0, connection.queuedMessages());
    }

    private void openCompressing(Deflate deflate) {
        endpoint.events.clear();
        pieces.sent.clear();
        pieces.zip = new Zip(deflate.contextTakeover());
        open(new Rig.Settled(
                Role.CLIENT,
                Limits.DEFAULTS,
                Callbacks.BLOCKING,
                endpoint,
                SendPolicy.fail(),
                null,
                executor.clock,
                Rig.agreed(deflate, deflate.contextTakeover())));
    }

    @Test
    @DisplayName(
            "7692-6: what the engine hands through with RSV1 is decompressed, and messages worth it leave with RSV1")
    void compression() {
        for (Deflate deflate : List.of(Deflate.DEFAULTS, Deflate.DEFAULTS.withContextTakeover())) {
            openCompressing(deflate);
            ByteBuffer whole = ByteBuffer.wrap(pieces.zip.deflate(Wire.utf8("a text")));
            feed(c -> c.dataReceived(true, true, whole, true, true));
            feed(c -> c.dataReceived(false, bytes(1), true, true));
            byte[] half = pieces.zip.deflate(new byte[] {2});
            feed(c -> c.dataReceived(false, true, ByteBuffer.wrap(half, 0, 1), false, true));
            feed(c -> c.dataReceived(false, false, ByteBuffer.wrap(half, 1, half.length - 1), true, true));
            assertEquals(List.of("open", "text a text", "binary 01", "binary 02"), endpoint.events);
            connection.send("x".repeat(5000));
            connection.send(ByteBuffer.allocate(6000));
            connection.send(Message.text("y".repeat(7000)));
            connection.send("short");
            connection.sendAsync(Message.binary(ByteBuffer.allocate(8000)));
            assertEquals(
                    List.of(
                            "text* 5000 bytes",
                            "binary* 6000 bytes",
                            "text* 7000 bytes",
                            "text short",
                            "binary* 8000 bytes"),
                    pieces.sent);
        }
    }

    @Test
    @DisplayName("RX-2: only a compressed frame may be longer than the limit of frames, which its message isn't")
    void frameLimit() {
        openCompressing(Deflate.DEFAULTS);
        byte[] message = new byte[65_536];
        new Random(5).nextBytes(message);
        byte[] payload = pieces.zip.deflate(message);
        assertTrue(payload.length > 65_536);
        feed(c -> c.dataReceived(false, true, ByteBuffer.wrap(payload), true, true));
        assertEquals(List.of("open", "binary 65536 bytes"), endpoint.events);
        openCompressing(Deflate.DEFAULTS);
        feed(c -> c.dataReceived(false, false, ByteBuffer.allocate(65_537), false, true));
        assertEquals(1009, endpoint.closed.code().value());
    }

    @Test
    @DisplayName("RX-1, RX-5: of messages that are delivered in pieces, what is compressed is, too, as it is asked for")
    void compressedPieces() {
        List<Integer> sizes = new ArrayList<>();
        List<Boolean> lasts = new ArrayList<>();
        pieces.zip = new Zip(false);
        open(new Rig.Settled(
                Role.CLIENT,
                Limits.DEFAULTS,
                Callbacks.BLOCKING,
                new PartialEndpoint() {
                    @Override
                    public @Nullable CompletionStage<?> onPartialText(Connection from, String piece, boolean last) {
                        throw new AssertionError(piece);
                    }

                    @Override
                    public @Nullable CompletionStage<?> onPartialBinary(
                            Connection from, ByteBuffer piece, boolean last) {
                        sizes.add(piece.remaining());
                        lasts.add(last);
                        return null;
                    }
                },
                SendPolicy.fail(),
                null,
                executor.clock,
                Rig.agreed(Deflate.DEFAULTS, false)));
        connection.demand(2);
        executor.runAll();
        byte[] payload = pieces.zip.deflate(new byte[50_000]);
        feed(c -> c.dataReceived(false, true, ByteBuffer.wrap(payload), true, true));
        assertEquals(List.of(16_384, 16_384), sizes);
        connection.demand(10);
        executor.runAll();
        assertEquals(List.of(16_384, 16_384, 16_384, 848), sizes);
        assertEquals(List.of(false, false, false, true), lasts);
        feed(c -> c.dataReceived(false, false, bytes(1), true, true));
        assertEquals(5, sizes.size());
    }

    @Test
    @DisplayName("7692-6-1, 6455-9-1: RSV1 without agreement, or on a continuation, fails with 1002")
    void reservedBit() {
        open();
        feed(c -> c.dataReceived(true, true, bytes(0), true, true));
        assertEquals(1002, endpoint.closed.code().value());
        openCompressing(Deflate.DEFAULTS);
        feed(c -> c.dataReceived(true, true, bytes(0x02), false, true));
        feed(c -> c.dataReceived(true, true, bytes(0), true, true));
        assertEquals(1002, endpoint.closed.code().value());
        assertEquals(List.of("close 1002"), pieces.sent);
    }
}
