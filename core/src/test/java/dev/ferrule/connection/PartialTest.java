package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Callbacks;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Limits;
import dev.ferrule.PartialEndpoint;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RX-1, RX-2, RX-3, RX-5: messages that are delivered piece by piece. */
class PartialTest {
    /** Writes down the pieces. */
    private static final class Pieces implements PartialEndpoint {
        final List<String> events = new ArrayList<>();
        final StringBuilder text = new StringBuilder();

        @Nullable
        CompletionStage<?> stage;

        @Override
        public @Nullable CompletionStage<?> onPartialText(Connection connection, String piece, boolean last) {
            events.add("text " + piece + (last ? "." : ""));
            text.append(piece);
            return stage;
        }

        @Override
        public @Nullable CompletionStage<?> onPartialBinary(Connection connection, ByteBuffer piece, boolean last) {
            events.add("binary " + Wire.hex(piece) + (last ? "." : ""));
            return stage;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            events.add("close " + event.code().value());
        }
    }

    private final ManualExecutor executor = new ManualExecutor();
    private final ManualClock clock = new ManualClock();
    private final Watching watching = new Watching();
    private final Pieces endpoint = new Pieces();
    private final Compression compression = Rig.agreed(Deflate.DEFAULTS, false);
    private final Wire peer = new Wire(true, compression);
    private final ScriptedTransport transport = new ScriptedTransport(executor, false);
    private final ByteConnection connection = new ByteConnection(
            new Rig.Settled(
                    Role.SERVER,
                    Limits.builder().messageBytes(1000).frameBytes(900).build(),
                    Callbacks.BLOCKING,
                    endpoint,
                    SendPolicy.fail(),
                    watching,
                    clock,
                    compression),
            transport);

    PartialTest() {
        transport.listener(connection);
        connection.opened();
        executor.runAll();
    }

    private void receive(byte[] bytes) {
        transport.feed(bytes);
        executor.runAll();
    }

    @Test
    @DisplayName(
            "RX-1: pieces come as they arrive, the last of a message is told, and a fragment that isn't last has no empty piece")
    void pieces() {
        byte[] whole = peer.frame(0x02, new byte[] {1, 2, 3});
        receive(java.util.Arrays.copyOf(whole, whole.length - 1));
        receive(new byte[] {whole[whole.length - 1]});
        receive(peer.frame(0x00, new byte[0]));
        receive(peer.frame(0x80, new byte[0]));
        receive(peer.text(""));
        receive(peer.text("one"));
        assertEquals(List.of("binary 0102", "binary 03", "binary .", "text .", "text one."), endpoint.events);
        assertEquals(List.of("opened", "received binary 3", "received text 0", "received text 3"), watching.seen);
    }

    @Test
    @DisplayName("RX-1: a message that came compressed is delivered as it inflates")
    void compressed() {
        byte[] payload = peer.deflated(Wire.utf8("a text \u20ac"));
        receive(peer.frame(0x41, java.util.Arrays.copyOf(payload, 5)));
        receive(peer.frame(0x80, java.util.Arrays.copyOfRange(payload, 5, payload.length)));
        receive(peer.compressed(false, new byte[] {1, 2}));
        receive(peer.compressed(true, new byte[0]));
        receive(peer.text("one"));
        assertEquals("a text \u20acone", endpoint.text.toString());
        assertTrue(endpoint.events.size() > 4, endpoint.events.toString());
        assertEquals(
                List.of("binary 0102.", "text .", "text one."),
                endpoint.events.subList(endpoint.events.size() - 3, endpoint.events.size()));
        assertEquals(
                List.of("opened", "received text 10", "received binary 2", "received text 0", "received text 3"),
                watching.seen);
    }

    @Test
    @DisplayName("RX-3: wherever a text is cut, its pieces are whole characters and make up the text")
    void characters() {
        String text = "a\u00e9\u20ac\uD83D\uDE00z".repeat(40);
        byte[] bytes = Wire.utf8(text);
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            endpoint.text.setLength(0);
            int from = 0;
            while (from < bytes.length) {
                int length = Math.min(bytes.length - from, random.nextInt(6));
                byte[] frame = peer.frame(
                        (from == 0 ? 1 : 0) | (from + length == bytes.length ? 0x80 : 0),
                        java.util.Arrays.copyOfRange(bytes, from, from + length));
                if (from == 0 && length == 0) {
                    continue;
                }
                from += length;
                int cut = random.nextInt(frame.length);
                transport.feed(
                        java.util.Arrays.copyOf(frame, cut), java.util.Arrays.copyOfRange(frame, cut, frame.length));
                executor.runAll();
            }
            assertEquals(text, endpoint.text.toString());
        }
        assertTrue(endpoint.events.stream().noneMatch(line -> line.contains("\uFFFD")));
    }

    @Test
    @DisplayName("RX-3: the piece that breaks UTF-8 fails the connection, and what was valid before has been delivered")
    void invalid() {
        receive(peer.frame(0x01, Wire.utf8("fine")));
        receive(peer.frame(0x00, new byte[] {'x', (byte) 0xFF}));
        assertEquals(List.of("text fine", "close 1007"), endpoint.events);
    }

    @Test
    @DisplayName("RX-3: a text that ends within a character is not UTF-8")
    void unfinished() {
        receive(peer.frame(0x81, new byte[] {'x', (byte) 0xC3}));
        assertEquals(List.of("close 1007"), endpoint.events);
    }

    @Test
    @DisplayName("RX-2: the limit of a message holds for its pieces in all, as soon as a header announces too much")
    void limit() {
        receive(peer.frame(0x02, new byte[900]));
        receive(peer.frame(0x00, new byte[100]));
        receive(peer.header(0x80, 1));
        assertEquals(3, endpoint.events.size());
        assertEquals("close 1009", endpoint.events.get(2));
    }

    @Test
    @DisplayName("RX-5: demand counts pieces, and a stage delays the next one")
    void demand() {
        connection.demand(1);
        executor.runAll();
        receive(peer.frame(0x01, Wire.utf8("a")));
        receive(peer.frame(0x80, Wire.utf8("b")));
        assertEquals(List.of("text a"), endpoint.events);
        CompletableFuture<Void> stage = new CompletableFuture<>();
        endpoint.stage = stage;
        connection.demand(5);
        executor.runAll();
        receive(peer.text("c"));
        assertEquals(List.of("text a", "text b."), endpoint.events);
        stage.complete(null);
        executor.runAll();
        assertEquals(List.of("text a", "text b.", "text c."), endpoint.events);
    }
}
