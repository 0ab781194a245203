package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RX-1 to RX-5 of messages that come compressed (RFC 7692) and are delivered piece by piece. */
class PartialInflatingTest {
    private static final int MOST = 16 << 10;
    private static final int LIMIT = 200_000;

    /** Keeps the bytes of the pieces, and their number. */
    private static final class Pieces implements PartialEndpoint {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Integer> sizes = new ArrayList<>();
        int messages;
        int code;

        @Nullable
        CompletionStage<?> stage;

        private @Nullable CompletionStage<?> take(byte[] piece, boolean last) {
            bytes.writeBytes(piece);
            sizes.add(piece.length);
            messages += last ? 1 : 0;
            return stage;
        }

        @Override
        public @Nullable CompletionStage<?> onPartialText(Connection connection, String piece, boolean last) {
            assertTrue(piece.indexOf('\uFFFD') < 0);
            return take(Wire.utf8(piece), last);
        }

        @Override
        public @Nullable CompletionStage<?> onPartialBinary(Connection connection, ByteBuffer piece, boolean last) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            return take(copy, last);
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            code = event.code().value();
        }
    }

    private final ManualExecutor executor = new ManualExecutor();
    private final Pieces endpoint = new Pieces();
    private final Compression compression = Rig.agreed(Deflate.DEFAULTS.withContextTakeover(), true);
    private final Wire peer = new Wire(true, compression);
    private final ScriptedTransport transport = new ScriptedTransport(executor, false);
    private final ByteConnection connection = new ByteConnection(
            new Rig.Settled(
                    Role.SERVER,
                    Limits.builder().messageBytes(LIMIT).frameBytes(LIMIT).build(),
                    Callbacks.BLOCKING,
                    endpoint,
                    SendPolicy.fail(),
                    new Watching(),
                    new ManualClock(),
                    compression),
            transport);

    PartialInflatingTest() {
        transport.listener(connection);
        connection.opened();
        executor.runAll();
    }

    private void receive(byte[]... frames) {
        transport.feed(frames);
        executor.runAll();
    }

    private static byte[] text(int length) {
        byte[] unit = Wire.utf8("a\u00e9\u20ac\uD83D\uDE00z");
        byte[] text = new byte[length / unit.length * unit.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = unit[i % unit.length];
        }
        return text;
    }

    @Test
    @DisplayName("RX-1, RX-3: one frame is many pieces of a bounded size, each of whole characters")
    void bounded() {
        byte[] text = text(150_000);
        receive(peer.compressed(true, text), peer.compressed(false, text), peer.text("plain"));
        assertArrayEquals(Wire.join(text, text, Wire.utf8("plain")), endpoint.bytes.toByteArray());
        assertEquals(3, endpoint.messages);
        assertTrue(endpoint.sizes.stream().allMatch(size -> size <= MOST + 3), endpoint.sizes.toString());
        assertTrue(endpoint.sizes.size() >= 2 * (150_000 / MOST), endpoint.sizes.toString());
    }

    @Test
    @DisplayName("RX-1: it may be cut anywhere, and other messages and control frames come between")
    void cuts() {
        Random random = new Random(11);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int round = 0; round < 30; round++) {
            byte[] message = text(random.nextInt(60_000));
            byte[] payload = peer.deflated(message);
            int cut = random.nextInt(payload.length + 1);
            byte[] all = Wire.join(
                    peer.frame(0x41, Arrays.copyOf(payload, cut)),
                    peer.ping("between"),
                    peer.frame(0x80, Arrays.copyOfRange(payload, cut, payload.length)),
                    peer.text("plain"));
            int segment = random.nextInt(all.length);
            receive(Arrays.copyOf(all, segment));
            receive(Arrays.copyOfRange(all, segment, all.length));
            expected.writeBytes(message);
            expected.writeBytes(Wire.utf8("plain"));
            assertEquals(2 * (round + 1), endpoint.messages);
        }
        assertArrayEquals(expected.toByteArray(), endpoint.bytes.toByteArray());
    }

    @Test
    @DisplayName("RX-5: demand counts the pieces of one frame, and a stage delays the next one")
    void demand() {
        byte[] text = text(100_000);
        int spare = Inflating.SPARES.count();
        connection.demand(2);
        executor.runAll();
        receive(peer.compressed(true, text));
        assertEquals(2, endpoint.sizes.size());
        // What lies behind comes into the buffer where the rest of the frame was.
        receive(peer.text("x".repeat(50_000)));
        CompletableFuture<Void> stage = new CompletableFuture<>();
        endpoint.stage = stage;
        connection.demand(100);
        executor.runAll();
        assertEquals(3, endpoint.sizes.size());
        endpoint.stage = null;
        stage.complete(null);
        executor.runAll();
        assertArrayEquals(Wire.join(text, Wire.utf8("x".repeat(50_000))), endpoint.bytes.toByteArray());
        assertEquals(2, endpoint.messages);
        assertTrue(Inflating.SPARES.count() >= spare);
    }

    @Test
    @DisplayName("RX-2: a message of the limit passes; of a longer one comes no byte beyond it, and 1009 follows")
    void limit() {
        receive(peer.compressed(false, new byte[LIMIT]));
        assertEquals(LIMIT, endpoint.bytes.size());
        assertEquals(0, endpoint.code);
        receive(peer.compressed(false, new byte[LIMIT + 1]));
        assertTrue(endpoint.bytes.size() <= 2 * LIMIT);
        assertEquals(1, endpoint.messages);
        assertEquals(1009, endpoint.code);
    }

    @Test
    @DisplayName(
            "RX-3: text that is not UTF-8 fails with 1007 at the piece that breaks it, or at the end that it lacks")
    void invalid() {
        byte[] text = text(100_000);
        text[60_000] = (byte) 0xFF;
        receive(peer.compressed(true, text));
        assertEquals(1007, endpoint.code);
        assertTrue(endpoint.bytes.size() > 60_000 - 2 * MOST && endpoint.bytes.size() <= 60_000);
    }

    @Test
    @DisplayName("RX-5: what nobody asked for behind our Close is thrown away, and the peer's Close is seen")
    void discarded() {
        int spare = Inflating.SPARES.count();
        connection.demand(1);
        executor.runAll();
        receive(peer.compressed(true, text(100_000)));
        connection.close();
        receive(peer.compressed(true, text(100_000)), peer.close(1000, ""));
        assertEquals(1, endpoint.sizes.size());
        assertEquals(1000, endpoint.code);
        assertTrue(Inflating.SPARES.count() >= spare);
    }
}
