package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ferrule.Group;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TX-4 to TX-6: what is done to the caller's buffers and texts. */
class SendBufferTest {
    /** Buffers of every kind, whose bytes from position to limit are those given. */
    private static List<ByteBuffer> kinds(byte[] payload) {
        List<ByteBuffer> kinds = new ArrayList<>();
        for (boolean direct : new boolean[] {false, true}) {
            int size = payload.length + 8;
            ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
            buffer.position(3).put(payload).flip().position(3);
            kinds.add(buffer);
            kinds.add(buffer.slice());
            kinds.add(buffer.asReadOnlyBuffer());
            kinds.add(buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        }
        return kinds;
    }

    private static byte[] pattern(int size) {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) (i * 7 + i / 256 + 1);
        }
        return payload;
    }

    private static void unchanged(ByteBuffer expected, ByteOrder order, ByteBuffer buffer) {
        assertEquals(expected, buffer);
        assertEquals(expected.position(), buffer.position());
        assertEquals(expected.limit(), buffer.limit());
        assertEquals(order, buffer.order());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 126, 9_000, 200_000})
    @DisplayName("TX-4: content, position, limit and order of any buffer are unchanged, and the bytes are right")
    void everyKind(int size) {
        byte[] payload = pattern(size);
        for (Role role : Role.values()) {
            for (ByteBuffer buffer : kinds(payload)) {
                Rig rig = Rig.of(role, Limits.builder().messageBytes(1 << 20).build())
                        .open();
                ByteBuffer before = ByteBuffer.allocate(buffer.capacity())
                        .put(buffer.duplicate().clear())
                        .limit(buffer.limit())
                        .position(buffer.position());
                ByteOrder order = buffer.order();
                rig.transport.takeNothing();
                rig.connection.send(buffer);
                unchanged(before, order, buffer);
                rig.connection.send(Message.binary(buffer));
                CompletionStage<Void> sent = rig.connection.sendAsync(Message.binary(buffer));
                for (int i = 0; i < 60; i++) {
                    rig.transport.allow(size / 16 + 1);
                }
                rig.transport.allowAll();
                rig.executor.runAll();
                unchanged(before, order, buffer);
                assertEquals(true, sent.toCompletableFuture().isDone());
                byte[] frame = new Wire(false).frame(0x82, payload);
                assertEquals(
                        rig.peer.read(rig.transport.written()), new Wire(true).read(Wire.join(frame, frame, frame)));
                assertEquals(payload.length, received(rig).length);
                assertEquals(true, Arrays.equals(payload, received(rig)));
            }
        }
    }

    /** The payload of the last frame, as another connection of core receives it. */
    private static byte[] received(Rig sender) {
        Role role = sender.connection.role() == Role.SERVER ? Role.CLIENT : Role.SERVER;
        Rig rig = Rig.of(
                        role,
                        Limits.builder()
                                .messageBytes(1 << 20)
                                .frameBytes(1 << 20)
                                .build())
                .open();
        byte[][] last = new byte[1][];
        rig.endpoint.onBinary = (connection, data) -> {
            last[0] = new byte[data.remaining()];
            data.get(last[0]);
            return null;
        };
        rig.receive(sender.transport.written());
        return last[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 9_000, 200_000})
    @DisplayName("TX-4: a buffer is the caller's again when send returns, even if the transport took only a part")
    void lentForTheCall(int size) {
        for (int taken : new int[] {0, 3, size / 2}) {
            for (boolean direct : new boolean[] {false, true}) {
                Rig rig = Rig.server().open();
                ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
                buffer.put(pattern(size)).flip();
                rig.transport.takeNothing();
                rig.transport.allow(taken);
                rig.connection.send(buffer);
                rig.connection.send(buffer);
                for (int i = 0; i < size; i++) {
                    buffer.put(i, (byte) 0x55);
                }
                rig.transport.allowAll();
                assertEquals(2, rig.sent().size());
                assertEquals(true, Arrays.equals(pattern(size), received(rig)), "the second");
                byte[] first = Arrays.copyOf(rig.transport.written(), rig.transport.written().length / 2);
                assertEquals(rig.peer.read(first).get(0), rig.sent().get(1));
                assertEquals(
                        true,
                        Arrays.equals(pattern(size), Arrays.copyOfRange(first, first.length - size, first.length)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("TX-5: a text with an unpaired surrogate is refused before a byte is written")
    void unpaired(Role role) {
        Rig rig = Rig.of(role, Limits.DEFAULTS).open();
        for (String text : List.of("\uD800", "a\uDC00", "??\uDFFF??", "\uDE00\uD83D" + "x".repeat(10_000))) {
            assertThrows(IllegalArgumentException.class, () -> rig.connection.send(text));
            assertThrows(IllegalArgumentException.class, () -> rig.connection.send(Message.text(text)));
            assertThrows(IllegalArgumentException.class, () -> rig.connection.trySend(Message.text(text)));
            assertThrows(IllegalArgumentException.class, () -> rig.connection.sendAsync(Message.text(text)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> rig.connection.close(CloseCode.NORMAL_CLOSURE, text.substring(0, 1) + "\uD800"));
        }
        assertEquals(0, rig.transport.written().length);
        rig.connection.send("??\uD83D\uDE00");
        assertEquals(List.of("text ??\uD83D\uDE00"), rig.sent());
        assertEquals(0, rig.connection.queuedMessages());
    }

    @Test
    @DisplayName("TX-6: one message on many connections is encoded once")
    void encodedOnce() throws Exception {
        Message.Text message = Message.text("x".repeat(1000));
        var encoded = Message.Text.class.getDeclaredField("encoded");
        encoded.setAccessible(true);
        Group group = new Group();
        List<Rig> rigs = new ArrayList<>();
        Object bytes = null;
        for (int i = 0; i < 5; i++) {
            Rig rig = Rig.of(i % 2 == 0 ? Role.SERVER : Role.CLIENT, Limits.DEFAULTS)
                    .open();
            rigs.add(rig);
            group.add(rig.connection);
            rig.connection.send(message);
            bytes = bytes == null ? encoded.get(message) : bytes;
        }
        assertEquals(List.of(), group.send(message));
        assertSame(bytes, encoded.get(message));
        for (Rig rig : rigs) {
            assertEquals(List.of("text 1000 bytes", "text 1000 bytes"), rig.sent());
        }
    }
}
