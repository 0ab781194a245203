package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.MessageWriter;
import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TX-8: a message of unknown length that is sent piece by piece. */
class StreamingTest {
    private final List<String> done = new ArrayList<>();
    private final Watching watching = new Watching();

    private void note(String name, CompletionStage<Void> stage) {
        stage.whenComplete((sent, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            done.add(name + (cause == null ? "" : " " + ((SendException) cause).reason()));
        });
    }

    private Rig open(Limits.Builder limits) {
        return Rig.watched(limits, SendPolicy.fail(), watching).open();
    }

    private Rig open() {
        return open(Limits.builder());
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("TX-8: the pieces leave at once as fragments; other messages wait for the end, control frames don't")
    void fragments(Role role) {
        Rig rig = Rig.of(role, Limits.DEFAULTS).open();
        MessageWriter<String> writer = rig.connection.startText();
        note("a", writer.write("a"));
        rig.connection.send("small");
        rig.connection.send(ByteBuffer.allocate(10_000));
        note("async", rig.connection.sendAsync(Message.text("async")));
        rig.receive(rig.peer.ping("p"));
        note("b", writer.write("b"));
        rig.connection.ping(bytes('q'));
        assertEquals(List.of("text+ a", "pong p", "cont+ b", "ping q"), rig.sent());
        assertEquals(4, rig.connection.queuedMessages());
        note("end", writer.finish());
        rig.executor.runAll();
        assertEquals(
                List.of(
                        "text+ a",
                        "pong p",
                        "cont+ b",
                        "ping q",
                        "cont",
                        "text small",
                        "binary 10000 bytes",
                        "text async"),
                rig.sent());
        assertEquals(List.of("a", "b", "end", "async"), done);
        assertEquals(0, rig.connection.queuedMessages());
        assertEquals(0, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName(
            "TX-8: a message that is begun behind others takes its turn behind them, and two begun at once don't mix")
    void turns() {
        Rig rig = open();
        rig.transport.takeNothing();
        rig.connection.send("first");
        MessageWriter<String> one = rig.connection.startText();
        MessageWriter<ByteBuffer> two = rig.connection.startBinary();
        two.write(bytes(1));
        one.write("one");
        two.finish();
        rig.connection.send("last");
        rig.transport.allowAll();
        rig.executor.runAll();
        assertEquals(List.of("text first", "text+ one"), rig.sent());
        one.finish();
        assertEquals(List.of("text first", "text+ one", "cont", "binary+ 01", "cont", "text last"), rig.sent());
        assertTrue(watching.seen.containsAll(List.of("sent text 3", "sent binary 1")));
    }

    @Test
    @DisplayName(
            "TX-8: whoever waits for each stage sends any length through a small queue, and who doesn't is refused")
    void bounded() {
        Rig rig = open(Limits.builder().queueBytes(10));
        rig.transport.takeNothing();
        MessageWriter<ByteBuffer> writer = rig.connection.startBinary();
        note("6", writer.write(ByteBuffer.allocate(6)));
        note("5", writer.write(ByteBuffer.allocate(5)));
        assertEquals(List.of("5 QUEUE_FULL"), done);
        assertFalse(rig.connection.trySend(Message.text("12345")));
        rig.transport.allow(8);
        rig.executor.runAll();
        note("7", writer.write(ByteBuffer.wrap(Wire.utf8("seventh"))));
        rig.transport.allowAll();
        note("end", writer.finish());
        rig.executor.runAll();
        assertEquals(List.of("5 QUEUE_FULL", "6", "7", "end"), done);
        assertEquals(List.of("binary+ 000000000000", "cont+ seventh", "cont"), rig.sent());
        assertEquals(0, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName("TX-5: a piece of a text may end within a surrogate pair, the text may not")
    void surrogates() {
        Rig rig = open();
        MessageWriter<String> writer = rig.connection.startText();
        writer.write("a\uD83D");
        writer.write("\uDE00");
        assertThrows(IllegalArgumentException.class, () -> writer.write("\uDE00"));
        writer.write("\uD83D");
        assertThrows(IllegalArgumentException.class, writer::finish);
        writer.write("\uDE00z");
        writer.finish();
        assertEquals(List.of("text+ a", "cont+ \uD83D\uDE00", "cont+", "cont+ \uD83D\uDE00z", "cont"), rig.sent());
        assertThrows(IllegalStateException.class, writer::finish);
        assertThrows(IllegalStateException.class, () -> writer.write("more"));
    }

    @Test
    @DisplayName("CL-1: a Close waits for the message that was begun before it; one that is begun after it is refused")
    void close() {
        Rig rig = open();
        MessageWriter<String> writer = rig.connection.startText();
        writer.write("a");
        rig.connection.close();
        assertEquals(
                Reason.NOT_OPEN,
                assertThrows(SendException.class, rig.connection::startText).reason());
        writer.finish();
        assertEquals(List.of("text+ a", "cont", "close 1000"), rig.sent());
    }

    @Test
    @DisplayName("CL-3: the peer's Close ends a message whose pieces have not come; each stage fails once")
    void peerCloses() {
        Rig rig = open();
        rig.transport.takeNothing();
        MessageWriter<String> writer = rig.connection.startText();
        note("a", writer.write("a"));
        note("b", writer.write("b"));
        rig.receive(rig.peer.close(1001, ""));
        note("c", writer.write("c"));
        rig.transport.allowAll();
        rig.executor.runAll();
        assertEquals(List.of("text+ a", "close 1001"), rig.sent());
        assertEquals(List.of("c NOT_OPEN", "a", "b NOT_OPEN"), done);
        assertEquals(0, rig.connection.queuedMessages());
        assertEquals(0, rig.connection.queuedBytes());
    }

    @Test
    @DisplayName(
            "TX-8: who lets others wait for too long without a further piece fails the connection; who is alone doesn't")
    void abandoned() {
        Rig rig = open(Limits.builder().heartbeatInterval(Duration.ofHours(1)));
        MessageWriter<String> writer = rig.connection.startText();
        writer.write("a");
        rig.clock.advance(Duration.ofMinutes(5));
        rig.executor.runAll();
        assertEquals(List.of("open"), rig.events());
        writer.write("b");
        rig.connection.send("waits");
        rig.clock.advance(Duration.ofSeconds(9));
        assertEquals(List.of("open"), rig.events());
        rig.clock.advance(Duration.ofSeconds(11));
        rig.executor.runAll();
        assertEquals("close 1011 LOCAL", rig.events().get(1));
        assertTrue(rig.closed().cause() instanceof TimeoutException);
        assertEquals(List.of("text+ a", "cont+ b", "close 1011"), rig.sent());
        assertEquals(CloseCode.INTERNAL_ERROR, rig.closed().code());
    }

    @Test
    @DisplayName("TX-8: a stage that a piece has outlived fails with the connection")
    void aborted() {
        Rig rig = open();
        rig.transport.takeNothing();
        MessageWriter<ByteBuffer> writer = rig.connection.startBinary();
        note("1", writer.write(bytes(1)));
        note("2", writer.write(bytes(2)));
        rig.connection.abort();
        rig.executor.runAll();
        note("3", writer.write(bytes(3)));
        assertEquals(List.of("1 NOT_OPEN", "2 NOT_OPEN", "3 NOT_OPEN"), done);
        assertEquals(0, rig.connection.queuedBytes());
    }
}
