package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Deflate;
import dev.ferrule.Limits;
import dev.ferrule.SendPolicy;
import dev.ferrule.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds native memory is used by a message, not by a connection. */
class SparesTest {
    private static final int CONNECTIONS = 1000;

    @Test
    @DisplayName("as many are kept as can be in use at once, and those beyond are ended")
    void bounded() {
        AtomicInteger made = new AtomicInteger();
        List<Integer> ended = new ArrayList<>();
        Spares<Integer> spares = new Spares<>(made::incrementAndGet, ended::add);
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            used.add(spares.borrow());
        }
        assertEquals(CONNECTIONS, spares.inUse());
        used.forEach(spares::giveBack);
        assertEquals(0, spares.inUse());
        assertEquals(2 * Runtime.getRuntime().availableProcessors(), spares.count());
        assertEquals(CONNECTIONS - spares.count(), ended.size());
        spares.borrow();
        assertEquals(CONNECTIONS, made.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName(
            "of 1,000 connections with a message in either direction none uses an inflater or a deflater, open or not")
    void connections(boolean takeover) {
        Deflate deflate = takeover ? Deflate.DEFAULTS.withContextTakeover() : Deflate.DEFAULTS;
        List<Rig> rigs = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Rig rig = Rig.compressing(Role.SERVER, Limits.DEFAULTS, deflate, SendPolicy.fail())
                    .open();
            rigs.add(rig);
            rig.receive(rig.peer.compressed(true, Wire.utf8("hello ".repeat(500))));
            rig.connection.send("hello ".repeat(500));
            assertEquals(List.of("text* 3000 bytes"), rig.sent());
        }
        unused();
        for (Rig rig : rigs) {
            // The second of two messages never ends.
            rig.receive(rig.peer.frame(0x41, new byte[0]));
        }
        assertEquals(CONNECTIONS, Inflating.SPARES.inUse());
        for (Rig rig : rigs) {
            rig.connection.abort();
            rig.executor.runAll();
        }
        unused();
    }

    private static void unused() {
        assertEquals(0, Inflating.SPARES.inUse());
        assertTrue(Inflating.SPARES.count() <= 2 * Runtime.getRuntime().availableProcessors());
        assertEquals(0, Deflating.spares(Deflate.DEFAULTS.level()).inUse());
    }
}
