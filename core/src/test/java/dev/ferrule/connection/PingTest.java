package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** CT-1 to CT-3: pings. */
class PingTest {
    private final List<String> done = new ArrayList<>();

    private void note(String name, CompletionStage<Duration> pong) {
        pong.whenComplete((time, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            done.add(cause == null ? name : name + " " + ((SendException) cause).reason());
        });
    }

    private static ByteBuffer bytes(String payload) {
        return ByteBuffer.wrap(Wire.utf8(payload));
    }

    @Test
    @DisplayName("CT-1: pings are answered in order with the same payload, empty to 125 bytes, by both roles")
    void answered() {
        for (Rig rig : List.of(Rig.server().open(), Rig.client().open())) {
            rig.receive(rig.peer.ping(""), rig.peer.ping("a"), rig.peer.ping("x".repeat(125)));
            assertEquals(List.of("pong", "pong a", "pong 125 bytes"), rig.sent());
            assertEquals(List.of("open"), rig.events());
        }
    }

    @Test
    @DisplayName("CT-1: a ping between the fragments of a message is answered before the message ends")
    void midMessage() {
        Rig rig = Rig.server().open();
        rig.receive(rig.peer.frame(0x01, Wire.utf8("a")), rig.peer.ping("p"));
        assertEquals(List.of("pong p"), rig.sent());
        rig.receive(rig.peer.frame(0x80, Wire.utf8("b")));
        assertEquals(List.of("open", "text ab"), rig.events());
    }

    @Test
    @DisplayName("CT-1: a ping whose payload comes byte by byte is answered whole")
    void byteByByte() {
        Rig rig = Rig.server().open();
        for (byte b : rig.peer.ping("payload")) {
            rig.receive(new byte[] {b});
        }
        assertEquals(List.of("pong payload"), rig.sent());
    }

    @Test
    @DisplayName("CT-1: pings that come while a message is half sent are answered behind it, the last of them at least")
    void halfSent() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        rig.transport.allow(5);
        rig.connection.send("a message");
        rig.receive(rig.peer.ping("1"), rig.peer.ping("2"));
        rig.receive(rig.peer.ping("3"));
        rig.transport.allowAll();
        List<String> sent = rig.sent();
        assertEquals("text a message", sent.get(0));
        assertEquals("pong 3", sent.get(sent.size() - 1));
    }

    @Test
    @DisplayName("CT-3: pings of a peer that doesn't read take bounded memory")
    void flood() {
        Rig rig = Rig.server(Limits.builder().controlFrameBurst(100_000)).open();
        rig.transport.takeNothing();
        rig.connection.send("a message");
        String payload = "x".repeat(125);
        for (int i = 0; i < 2_000; i++) {
            rig.receive(rig.peer.ping(payload), rig.peer.ping(payload));
        }
        rig.receive(rig.peer.ping("last"));
        rig.transport.allowAll();
        rig.executor.runAll();
        assertTrue(rig.transport.written().length < 70_000, () -> rig.transport.written().length + " bytes waited");
        assertEquals("pong last", rig.sent().get(rig.sent().size() - 1));
    }

    @Test
    @DisplayName("CT-2: a ping's stage completes with the round-trip time when its pong comes")
    void roundTrip() {
        Rig rig = Rig.server().open();
        ByteBuffer payload = bytes("abc").order(ByteOrder.LITTLE_ENDIAN);
        CompletionStage<Duration> pong = rig.connection.ping(payload);
        note("pong", pong);
        assertEquals(3, payload.remaining());
        payload.put(0, (byte) 'z');
        assertEquals(List.of("ping abc"), rig.sent());
        rig.receive(rig.peer.pong("other"));
        assertEquals(List.of(), done);
        rig.receive(rig.peer.pong("abc"));
        assertEquals(List.of("pong"), done);
        assertFalse(pong.toCompletableFuture().join().isNegative());
        assertEquals(List.of("open", "pong other", "pong abc"), rig.events());
    }

    @Test
    @DisplayName("CT-2: a pong answers its ping and those before it, and each once")
    void answersThoseBefore() {
        Rig rig = Rig.server().open();
        note("1", rig.connection.ping(bytes("1")));
        note("2", rig.connection.ping(bytes("2")));
        note("3", rig.connection.ping(bytes("3")));
        rig.receive(rig.peer.pong("2"), rig.peer.pong("1"));
        assertEquals(List.of("1", "2"), done);
        rig.receive(rig.peer.pong("3"));
        assertEquals(List.of("1", "2", "3"), done);
    }

    @Test
    @DisplayName("CT-2: at most 125 bytes")
    void tooLong() {
        Rig rig = Rig.server().open();
        assertThrows(IllegalArgumentException.class, () -> rig.connection.ping(ByteBuffer.allocate(126)));
        assertEquals(List.of(), rig.sent());
        note("125", rig.connection.ping(ByteBuffer.allocate(125)));
        assertEquals(List.of("ping 125 bytes"), rig.sent());
    }

    @Test
    @DisplayName("CT-2: the end of the connection fails the pings that wait, and later ones")
    void failedByTheEnd() {
        Rig rig = Rig.server().open();
        note("1", rig.connection.ping(bytes("1")));
        rig.connection.abort();
        rig.executor.runAll();
        note("2", rig.connection.ping(bytes("2")));
        assertEquals(List.of("1 NOT_OPEN", "2 NOT_OPEN"), done);
    }

    @Test
    @DisplayName("CT-2: a ping that can't be sent fails alone, those that wait for their pongs go on")
    void oneThatCantBeSent() {
        Rig rig = Rig.server().open();
        note("early", rig.connection.ping(bytes("early")));
        rig.transport.takeNothing();
        for (int i = 0; i < 9; i++) {
            rig.connection.send(Message.binary(ByteBuffer.allocate(8_000)));
        }
        int full = 0;
        while (done.isEmpty() && full < 1000) {
            note("ping", rig.connection.ping(ByteBuffer.allocate(125)));
            full++;
        }
        assertEquals(List.of("ping " + Reason.QUEUE_FULL), done);
        rig.transport.allowAll();
        rig.receive(rig.peer.pong("early"));
        assertEquals(List.of("ping QUEUE_FULL", "early"), done);
        rig.connection.close();
        note("closing", rig.connection.ping(bytes("x")));
        assertEquals("closing NOT_OPEN", done.get(2));
    }
}
