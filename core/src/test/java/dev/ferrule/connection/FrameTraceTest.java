package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ferrule.protocol.Role;
import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;

/** What is logged of frames, for whoever sets {@code dev.ferrule.frames} to TRACE. */
class FrameTraceTest {
    private static final int TRACE = 0;
    private static final int WARN = 30;

    @RegisterExtension
    final Log log = new Log();

    /** SLF4J's simple logger has no method for it. */
    private static void level(int level) throws ReflectiveOperationException {
        Field current = SimpleLogger.class.getDeclaredField("currentLogLevel");
        current.setAccessible(true);
        current.setInt(LoggerFactory.getLogger("dev.ferrule.frames"), level);
    }

    @AfterEach
    void quiet() throws ReflectiveOperationException {
        level(WARN);
    }

    private static void exchange(Rig rig) {
        rig.open();
        rig.receive(
                rig.peer.frame(0x01, Wire.utf8("se")),
                rig.peer.ping("secret"),
                rig.peer.frame(0x80, Wire.utf8("cret")),
                rig.peer.pong("secret"));
        rig.connection.send("a secret");
        rig.connection.close();
        rig.receive(rig.peer.close(1000, "secret"));
    }

    private List<String> frames(Rig rig) {
        String connection = "connection " + rig.connection.id() + ": ";
        return log.take()
                .lines()
                .filter(line -> line.contains(connection))
                .map(line -> line.substring(line.indexOf(connection) + connection.length()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("at TRACE each frame is a line with direction, opcode and length, and never says what it carries")
    void traced(Role role) throws ReflectiveOperationException {
        level(TRACE);
        Rig rig = role == Role.SERVER ? Rig.server() : Rig.client();
        exchange(rig);
        List<String> frames = frames(rig);
        assertEquals(
                List.of(
                        "received TEXT (not the last) of 2 bytes",
                        "received PING of 6 bytes",
                        "sent PONG of 6 bytes",
                        "received CONTINUATION of 4 bytes",
                        "received PONG of 6 bytes",
                        "sent TEXT of 8 bytes",
                        "sent CLOSE of 2 bytes",
                        "received CLOSE of 8 bytes"),
                frames);
        assertFalse(frames.toString().contains("secret"));
    }

    @Test
    @DisplayName("above TRACE no frame is logged")
    void silent() {
        Rig rig = Rig.server();
        exchange(rig);
        assertEquals(List.of(), frames(rig));
    }
}
