package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.Retained;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RX-4: received buffers. */
class LendingTest {
    @Test
    @DisplayName("RX-4: a received buffer is read-only and in network order, whole or put together")
    void readOnly() {
        Rig rig = Rig.server().open();
        List<ByteBuffer> seen = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            seen.add(data);
            assertTrue(data.isReadOnly());
            assertEquals(ByteOrder.BIG_ENDIAN, data.order());
            assertThrows(ReadOnlyBufferException.class, () -> data.put(data.position(), (byte) 1));
            // What one callback does to its buffer is not seen by the next.
            data.order(ByteOrder.LITTLE_ENDIAN).position(data.limit());
            return null;
        };
        rig.endpoint.onPong = (connection, payload) -> {
            assertTrue(payload.isReadOnly());
            return null;
        };
        rig.receive(rig.peer.binary((byte) 1, (byte) 2), rig.peer.binary((byte) 3), rig.peer.pong("p"));
        rig.receive(rig.peer.frame(0x02, new byte[] {4}), rig.peer.frame(0x80, new byte[] {5}));
        assertEquals(List.of("open", "binary 0102", "binary 03", "pong p", "binary 0405"), rig.events());
        assertEquals(3, seen.size());
    }

    @ParameterizedTest(name = "{0} bytes")
    @CsvSource({"5, binary 0707070707", "125, binary 125 bytes", "126, binary 126 bytes", "200, binary 200 bytes"})
    @DisplayName("RX-4: a binary message stays as it is until the stage completes, whatever is received meanwhile")
    void lentUntilTheStageCompletes(int size, String event) {
        Rig rig = Rig.server().open();
        CompletableFuture<Void> stage = new CompletableFuture<>();
        List<ByteBuffer> lent = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            lent.add(data);
            return stage;
        };
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) 7);
        rig.receive(rig.peer.binary(payload));
        // Other connections use the pool of buffers meanwhile.
        for (int i = 0; i < 70; i++) {
            Rig other = Rig.server().open();
            other.endpoint.onBinary = (connection, data) -> {
                connection.send(data);
                return null;
            };
            other.receive(other.peer.binary(new byte[300]), other.peer.binary(new byte[10]), other.peer.text("other"));
            rig.receive(rig.peer.ping("x"));
        }
        rig.receive(rig.peer.text("next"));
        assertEquals(ByteBuffer.wrap(payload), lent.get(0));
        assertEquals(List.of("open", event), rig.events());
        stage.complete(null);
        rig.executor.runAll();
        assertEquals(List.of("open", event, "text next"), rig.events());
    }

    @Test
    @DisplayName("RX-4: a binary message that waited for room in the queue is lent unchanged, too")
    void lentAfterWaiting() {
        Rig rig = Rig.server(Limits.builder().queueMessages(2)).open();
        CompletableFuture<Void> stage = new CompletableFuture<>();
        List<ByteBuffer> lent = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            lent.add(data);
            return stage;
        };
        rig.transport.takeNothing();
        rig.connection.send("1");
        rig.connection.send("2");
        rig.receive(rig.peer.binary((byte) 1, (byte) 2, (byte) 3));
        assertEquals(List.of("open"), rig.events());
        rig.transport.allowAll();
        rig.executor.runAll();
        for (int i = 0; i < 5; i++) {
            rig.receive(rig.peer.ping("overwrite"));
        }
        assertEquals(List.of("open", "binary 010203"), rig.events());
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), lent.get(0));
    }

    @Test
    @DisplayName("RX-4: what is lent when the connection ends is not given to others before the stage completes")
    void lentBeyondTheEnd() {
        Rig rig = Rig.server().open();
        CompletableFuture<Void> stage = new CompletableFuture<>();
        List<ByteBuffer> lent = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            lent.add(data);
            return stage;
        };
        rig.receive(rig.peer.binary((byte) 1, (byte) 2, (byte) 3));
        rig.connection.abort();
        rig.executor.runAll();
        for (int i = 0; i < 70; i++) {
            Rig other = Rig.server().open();
            other.receive(other.peer.binary(new byte[300]), other.peer.binary(new byte[10]), other.peer.text("other"));
        }
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), lent.get(0));
        assertEquals(List.of("open", "binary 010203", "close 1006 LOCAL"), rig.events());
    }

    @Test
    @DisplayName(
            "RX-4: what is retained stays as it is until it is closed, whatever is received meanwhile; elsewhere it is refused")
    void retained() {
        Rig rig = Rig.server().open();
        List<Retained> kept = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            kept.add(connection.retain(data));
            return null;
        };
        for (int i = 0; i < 40; i++) {
            byte[] payload = new byte[200];
            Arrays.fill(payload, (byte) i);
            rig.receive(rig.peer.binary(payload), rig.peer.frame(0x02, payload), rig.peer.frame(0x80, new byte[0]));
        }
        assertEquals(80, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            ByteBuffer data = kept.get(i).data();
            assertTrue(data.isReadOnly());
            assertEquals(200, data.remaining());
            while (data.hasRemaining()) {
                assertEquals(i / 2, data.get());
            }
            kept.get(i).close();
            kept.get(i).close();
        }
        ByteBuffer data = ByteBuffer.allocate(1);
        assertThrows(IllegalStateException.class, () -> rig.connection.retain(data));
        rig.endpoint.onText = (connection, text) -> {
            assertThrows(IllegalStateException.class, () -> connection.retain(data));
            return null;
        };
        rig.receive(rig.peer.text("lends nothing"));
        assertEquals(82, rig.events().size());
    }

    @Test
    @DisplayName("RX-4: what is retained of a small message stays as it is, whatever stands behind it in the same read")
    void retainedSmall() {
        Rig rig = Rig.server().open();
        List<Retained> kept = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            kept.add(connection.retain(data));
            return null;
        };
        rig.receive(rig.peer.binary((byte) 1, (byte) 2), rig.peer.binary((byte) 3), rig.peer.text("overwrite"));
        rig.receive(rig.peer.text("overwrite"));
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), kept.get(0).data());
        assertEquals(ByteBuffer.wrap(new byte[] {3}), kept.get(1).data());
        kept.forEach(Retained::close);
    }

    @Test
    @DisplayName("RX-4: a small message that is lent shows nothing of what stood there before it")
    void windowOfSmall() {
        Rig rig = Rig.server().open();
        List<Integer> capacities = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            capacities.add(data.capacity());
            return null;
        };
        rig.receive(rig.peer.binary(new byte[100]), rig.peer.binary((byte) 1, (byte) 2));
        rig.receive(rig.peer.text("a secret"), rig.peer.binary((byte) 3));
        assertEquals(List.of(100, 2, 1), capacities);
    }

    @Test
    @DisplayName("RX-4: a copy of a message has nothing to do with the buffer that was lent")
    void copied() {
        Rig rig = Rig.server().open();
        List<Message> copies = new ArrayList<>();
        rig.endpoint.onBinary = (connection, data) -> {
            copies.add(Message.copyOf(data));
            assertEquals(2, data.remaining());
            return null;
        };
        rig.receive(rig.peer.binary((byte) 1, (byte) 2));
        rig.receive(rig.peer.binary((byte) 3, (byte) 4));
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), copies.get(0).payload());
    }
}
