package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.CloseEvent;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** CB-5: a callback that throws. */
class CallbackFailureTest {
    @RegisterExtension
    final Log log = new Log();

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("secret"),
                new IOException("secret"),
                new AssertionError("secret"),
                new StackOverflowError("secret"));
    }

    private static <T> Recorder.Action<T> throwing(Throwable failure) {
        return (connection, what) -> {
            if (failure instanceof Exception e) {
                throw e;
            }
            throw (Error) failure;
        };
    }

    private void failsWith1011(Rig rig, Throwable cause) {
        String logged = log.take();
        assertEquals(2, logged.split(" threw\\R", -1).length, logged);
        assertTrue(logged.contains(cause.toString()) && logged.contains("at dev.ferrule"), logged);
        assertEquals(List.of("close 1011"), rig.sent());
        CloseEvent event = rig.closed();
        assertEquals(1011, event.code().value());
        assertEquals(CloseEvent.Initiator.LOCAL, event.initiator());
        assertSame(cause, event.cause());
        assertEquals(
                1,
                rig.events().stream().filter(line -> line.startsWith("close")).count());
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @DisplayName(
            "CB-5: whatever onText, onBinary, onPong or onOpen throws fails the connection with 1011 and no text, and is logged once")
    void anyCallback(Throwable failure) {
        for (Role role : Role.values()) {
            Rig text = Rig.of(role, Limits.DEFAULTS).open();
            text.endpoint.onText = throwing(failure);
            text.receive(text.peer.text("a"), text.peer.text("not delivered"));
            failsWith1011(text, failure);
            assertEquals(3, text.events().size());

            Rig binary = Rig.of(role, Limits.DEFAULTS).open();
            binary.endpoint.onBinary = throwing(failure);
            binary.receive(binary.peer.binary((byte) 1));
            failsWith1011(binary, failure);

            Rig pong = Rig.of(role, Limits.DEFAULTS).open();
            pong.endpoint.onPong = throwing(failure);
            pong.receive(pong.peer.pong("p"));
            failsWith1011(pong, failure);

            Rig open = Rig.of(role, Limits.DEFAULTS);
            open.endpoint.onOpen = throwing(failure);
            open.transport.feed(open.peer.text("not delivered"));
            open.open();
            failsWith1011(open, failure);
            assertEquals(List.of("open", "close 1011 LOCAL"), open.events());
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    @DisplayName("CB-5: what onClose throws is logged, and changes nothing")
    void throwingClose(Role role) {
        Rig rig = Rig.of(role, Limits.DEFAULTS).open();
        rig.endpoint.onClose = throwing(new AssertionError("secret"));
        rig.receive(rig.peer.close(1000, ""));
        assertTrue(log.take().contains("onClose threw"));
        assertEquals(List.of("open", "close 1000 PEER"), rig.events());
        assertEquals(List.of("close 1000"), rig.sent());
    }

    @Test
    @DisplayName("CB-5: a stage that fails is a callback that throws, also one that depends on another")
    void failingStage() {
        for (boolean dependent : new boolean[] {false, true}) {
            Rig rig = Rig.server().open();
            CompletableFuture<Void> stage = new CompletableFuture<>();
            rig.endpoint.onText = (connection, text) -> dependent ? stage.thenRun(() -> {}) : stage;
            rig.receive(rig.peer.text("a"), rig.peer.text("b"));
            IllegalStateException failure = new IllegalStateException("secret");
            stage.completeExceptionally(failure);
            rig.executor.runAll();
            failsWith1011(rig, failure);
            assertEquals(List.of("open", "text a", "close 1011 LOCAL"), rig.events());
        }
    }

    @Test
    @DisplayName("CB-5: a send that fails since the peer has closed is no failure of the callback")
    void sendAfterClose() {
        Rig rig = Rig.server().open();
        rig.transport.takeNothing();
        rig.endpoint.onText = (connection, text) -> connection.sendAsync(Message.binary(ByteBuffer.allocate(3)));
        rig.connection.sendAsync(Message.text("in flight"));
        rig.receive(rig.peer.text("a"), rig.peer.close(1000, ""));
        rig.transport.allowAll();
        rig.executor.runAll();
        assertEquals(List.of("open", "text a", "close 1000 PEER"), rig.events());
        assertEquals(List.of("text in flight", "close 1000"), rig.sent());
    }
}
