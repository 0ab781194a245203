package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TX-2, TX-3: the bound of the queue, and what became of each message. */
class SendQueueTest {
    private final List<String> done = new ArrayList<>();

    private void note(String name, CompletionStage<Void> stage) {
        stage.whenComplete((sent, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            done.add(name + (cause == null ? "" : " " + ((SendException) cause).reason()));
        });
    }

    private static Message bytes(int size) {
        return Message.binary(ByteBuffer.allocate(size));
    }

    private static Rig stalled(Limits.Builder limits) {
        Rig rig = Rig.server(limits).open();
        rig.transport.takeNothing();
        return rig;
    }

    @Test
    @DisplayName("TX-2: the queue takes as many messages as its limit, and refuses the next")
    void boundOfMessages() {
        Rig rig = stalled(Limits.builder().queueMessages(3));
        rig.connection.send("1");
        rig.connection.send(ByteBuffer.allocate(1));
        assertTrue(rig.connection.trySend(Message.text("3")));
        assertEquals(3, rig.connection.queuedMessages());
        assertEquals(3, rig.connection.queuedBytes());
        assertFalse(rig.connection.trySend(Message.text("4")));
        assertEquals(
                Reason.QUEUE_FULL,
                assertThrows(SendException.class, () -> rig.connection.send("4"))
                        .reason());
        note("4", rig.connection.sendAsync(Message.text("4")));
        assertEquals(List.of("4 QUEUE_FULL"), done);
        rig.transport.allowAll();
        assertEquals(List.of("text 1", "binary 00", "text 3"), rig.sent());
        assertEquals(0, rig.connection.queuedMessages());
        assertEquals(0, rig.connection.queuedBytes());
        rig.connection.send("5");
        assertEquals(4, rig.sent().size());
    }

    @Test
    @DisplayName("TX-2: the queue takes as many bytes as its limit, and refuses one more")
    void boundOfBytes() {
        Rig rig = stalled(Limits.builder().queueBytes(1000));
        rig.connection.send(bytes(600));
        assertFalse(rig.connection.trySend(bytes(401)));
        assertTrue(rig.connection.trySend(bytes(400)));
        assertFalse(rig.connection.trySend(bytes(1)));
        assertTrue(rig.connection.trySend(bytes(0)));
        assertEquals(1000, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName("TX-2: an empty queue takes one message of any size")
    void anySize() {
        Rig rig = stalled(Limits.builder().queueBytes(1000));
        rig.connection.send(bytes(300_000));
        assertEquals(300_000, rig.connection.queuedBytes());
        assertFalse(rig.connection.trySend(bytes(0)) && rig.connection.trySend(bytes(1)));
        rig.transport.allowAll();
        assertEquals("binary 300000 bytes", rig.sent().get(0));
        assertEquals(0, rig.connection.queuedBytes());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("TX-2: whatever is sent and however slowly it is taken, the accounts return to zero")
    void accounts(Role role) {
        Rig rig = Rig.of(role, Limits.DEFAULTS).open();
        rig.transport.takeNothing();
        int[] sizes = {0, 1, 125, 126, 5_000, 9_000, 70_000, 0, 3};
        long bytes = 0;
        for (int size : sizes) {
            rig.connection.send(bytes(size));
            note("" + size, rig.connection.sendAsync(bytes(size)));
            bytes += 2L * size;
        }
        assertEquals(18, rig.connection.queuedMessages());
        assertEquals(bytes, rig.connection.queuedBytes());
        for (int i = 0; i < 500; i++) {
            rig.transport.allow(397);
        }
        rig.executor.runAll();
        assertEquals(18, rig.sent().size());
        assertEquals(List.of("0", "1", "125", "126", "5000", "9000", "70000", "0", "3"), done);
        assertEquals(0, rig.connection.queuedMessages());
        assertEquals(0, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName("TX-3: a stage completes when all bytes were taken, not before")
    void completesWhenTaken() {
        Rig rig = stalled(Limits.builder());
        note("a", rig.connection.sendAsync(bytes(10)));
        rig.transport.allow(11);
        rig.executor.runAll();
        assertEquals(List.of(), done);
        rig.transport.allow(1);
        assertEquals(List.of(), done);
        rig.executor.runAll();
        assertEquals(List.of("a"), done);
    }

    @Test
    @DisplayName("TX-3: the end of the connection fails all that has not left, in order and once each")
    void failedByTheEnd() {
        Rig rig = stalled(Limits.builder());
        note("1", rig.connection.sendAsync(bytes(10)));
        note("2", rig.connection.sendAsync(Message.text("b")));
        note("3", rig.connection.sendAsync(bytes(9_000)));
        rig.connection.abort();
        assertEquals(List.of(), done);
        rig.executor.runAll();
        rig.transport.allowAll();
        rig.connection.writable();
        rig.executor.runAll();
        assertEquals(List.of("1 NOT_OPEN", "2 NOT_OPEN", "3 NOT_OPEN"), done);
        note("4", rig.connection.sendAsync(bytes(1)));
        assertEquals("4 NOT_OPEN", done.get(3));
        assertFalse(rig.connection.trySend(bytes(1)));
        assertEquals(
                Reason.NOT_OPEN,
                assertThrows(SendException.class, () -> rig.connection.send("x"))
                        .reason());
    }

    @Test
    @DisplayName("TX-3: an exception of the transport reaches the stages as their reason")
    void causeOfTheEnd() {
        Rig rig = stalled(Limits.builder());
        List<Throwable> causes = new ArrayList<>();
        rig.connection
                .sendAsync(bytes(10))
                .whenComplete((sent, failure) -> causes.add(failure.getCause().getCause()));
        IOException reset = new IOException("reset");
        rig.transport.breakDown(reset);
        rig.executor.runAll();
        assertEquals(List.of(reset), causes);
        assertEquals(reset, rig.closed().cause());
    }

    @Test
    @DisplayName("CB-4: an endpoint that echoes stops reading where the transport takes nothing, and loses nothing")
    void backPressure() {
        Rig rig = stalled(Limits.builder().queueMessages(16));
        rig.endpoint.onText = (connection, text) -> {
            connection.send(text);
            return null;
        };
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rig.receive(rig.peer.text("m" + i));
            expected.add("text m" + i);
        }
        assertTrue(rig.transport.unread() > 0);
        assertTrue(rig.events().size() < 16, () -> rig.events().size() + " delivered");
        assertEquals(List.of(), rig.sent());
        for (int i = 0; i < 2000; i++) {
            rig.transport.allow(3);
            rig.executor.runAll();
        }
        assertEquals(expected, rig.sent());
        assertEquals(301, rig.events().size());
        assertEquals(0, rig.connection.queuedMessages());
    }
}
