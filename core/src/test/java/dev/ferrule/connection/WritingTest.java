package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.CloseEvent.Initiator;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** TX-7, TX-9: when bytes are handed to the transport, and what happens if it doesn't take them. */
class WritingTest {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    @Test
    @DisplayName("TX-7: what is sent while one read is handled leaves in one write")
    void oneWritePerRead() {
        Rig rig = Rig.server().open();
        rig.endpoint.onText = (connection, text) -> {
            connection.send(text + "!");
            return null;
        };
        List<byte[]> frames = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            frames.add(rig.peer.text("m" + i));
            answers.add("text m" + i + "!");
        }
        rig.receive(frames.toArray(byte[][]::new));
        assertEquals(answers, rig.sent());
        assertEquals(1, rig.transport.writes);
    }

    @Test
    @DisplayName("TX-7: pongs leave in the same write as what is sent in that read")
    void pongsAndMessagesTogether() {
        Rig rig = Rig.server().open();
        rig.endpoint.onText = (connection, text) -> {
            connection.send(text);
            return null;
        };
        rig.receive(rig.peer.ping("1"), rig.peer.text("a"), rig.peer.ping("2"), rig.peer.text("b"));
        assertEquals(List.of("pong 1", "text a", "pong 2", "text b"), rig.sent());
        assertEquals(1, rig.transport.writes);
    }

    @Test
    @DisplayName("TX-7: a send outside of a callback goes out at once")
    void atOnceOutsideOfCallbacks() {
        Rig rig = Rig.server().open();
        rig.connection.send("a");
        assertEquals(List.of("text a"), rig.sent());
        rig.connection.send(Message.text("b"));
        assertEquals(List.of("text a", "text b"), rig.sent());
        assertEquals(2, rig.transport.writes);
    }

    @Test
    @DisplayName("TX-7: header and payload leave in one buffer where the payload is small, or is copied for its mask")
    void headerAndPayloadTogether() {
        for (Rig rig : List.of(Rig.server().open(), Rig.client().open())) {
            rig.connection.sendAsync(Message.text("a"));
            rig.connection.close(CloseCode.NORMAL_CLOSURE, "done");
            assertEquals(List.of("text a", "close 1000 done"), rig.sent());
            assertEquals(2, rig.transport.buffers);
        }
        String large = "x".repeat(100_000);
        Rig masking = Rig.client().open();
        masking.connection.sendAsync(Message.text(large));
        assertEquals(List.of("text 100000 bytes"), masking.sent());
        assertEquals(1, masking.transport.buffers);
    }

    @Test
    @DisplayName("TX-7: flush hands over at once what a callback has sent")
    void flushInsideOfACallback() {
        Rig rig = Rig.server().open();
        rig.endpoint.onText = (connection, text) -> {
            connection.send("first");
            assertEquals(List.of(), rig.sent());
            connection.flush();
            assertEquals(List.of("text first"), rig.sent());
            connection.send("second");
            return null;
        };
        rig.receive(rig.peer.text("go"));
        assertEquals(List.of("open", "text go"), rig.events());
        assertEquals(List.of("text first", "text second"), rig.sent());
    }

    @Test
    @DisplayName("TX-7: one read is enough for messages that came together, and the next is awaited")
    void oneRead() {
        Rig rig = Rig.server().open();
        rig.receive(rig.peer.text("a"), rig.peer.text("b"));
        assertEquals(1, rig.transport.reads);
        assertTrue(rig.transport.readAwaited());
    }

    @Test
    @DisplayName("TX-9: empty payloads at the end of a write that takes nothing don't spin")
    void emptyPayloadUnderAFullTransport() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        assertTimeoutPreemptively(
                Duration.ofSeconds(ManualExecutor.PATIENCE_SECONDS),
                () -> rig.connection.sendAsync(Message.binary(EMPTY)));
        assertEquals(1, rig.transport.writeAwaits);
        rig.transport.allowAll();
        assertEquals(List.of("binary"), rig.sent());
    }

    @Test
    @DisplayName("CL-3: the answer to an empty Close doesn't spin where the transport takes nothing")
    void emptyCloseUnderAFullTransport() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        assertTimeoutPreemptively(
                Duration.ofSeconds(ManualExecutor.PATIENCE_SECONDS), () -> rig.receive(rig.peer.close()));
        rig.transport.allowAll();
        rig.executor.runAll();
        assertEquals(List.of("close"), rig.sent());
        assertEquals(List.of("open", "close 1005 PEER"), rig.events());
    }

    @Test
    @DisplayName("TX-9: a write without progress for the write timeout ends the connection with 1006")
    void writeTimeout() {
        Rig rig =
                Rig.server(Limits.builder().writeTimeout(Duration.ofMillis(20))).open();
        rig.transport.takeNothing();
        rig.connection.send("never leaves");
        rig.executor.runUntil(() -> rig.endpoint.closed != null);
        assertEquals(1006, rig.closed().code().value());
        assertEquals(Initiator.TRANSPORT, rig.closed().initiator());
        assertTrue(rig.closed().cause() instanceof TimeoutException);
        assertTrue(
                rig.closed().cause().getMessage().contains("write timeout"),
                rig.closed().toString());
        assertTrue(rig.transport.closed);
        assertEquals(0, rig.connection.queuedMessages());
        assertEquals(0, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName("TX-9: a write that goes on byte by byte doesn't end the connection")
    void slowProgress() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        rig.connection.send(Message.binary(ByteBuffer.allocate(20_000)));
        for (int i = 0; i < 20_004; i++) {
            rig.transport.allow(1);
        }
        assertEquals(List.of("binary 20000 bytes"), rig.sent());
        assertEquals(0, rig.connection.queuedBytes());
    }
}
