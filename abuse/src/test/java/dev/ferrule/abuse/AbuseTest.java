package dev.ferrule.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ferrule.abuse.Target.Protection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the matrix. A quick subset by default, all of it with {@code -Pabuse}; either prints its figures. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class AbuseTest {
    static final boolean FULL = Boolean.getBoolean("ferrule.abuse.full");

    /** A row, against one target. */
    private interface Row {
        void run(TargetProcess target, Healthy healthy, Outcome outcome) throws Exception;
    }

    private static Outcome outcome(String name, String engine, Row row, Protection... off) throws Exception {
        Outcome outcome = new Outcome();
        try (TargetProcess target = TargetProcess.start(engine, off);
                Healthy healthy = new Healthy(target.port())) {
            row.run(target, healthy, outcome);
            healthy.conclude(outcome);
        } catch (IOException e) {
            outcome.require(false, e.toString());
        }
        String without = off.length == 0 ? "" : " without " + List.of(off);
        System.out.println("| " + name + without + " | " + engine + " | " + outcome + " |");
        return outcome;
    }

    private static void holds(String name, String engine, Row row) throws Exception {
        assertEquals(List.of(), outcome(name, engine, row).broken());
    }

    /** A row that can't fail proves nothing: shown with the full numbers alone, for each needs a server more. */
    private static void turnsRed(String name, String engine, Row row, Protection... off) throws Exception {
        if (!FULL) {
            return;
        }
        assertFalse(outcome(name, engine, row, off).broken().isEmpty(), "the row holds without " + List.of(off));
    }

    private static int number(int full, int quick) {
        return FULL ? full : quick;
    }

    private static final Row INVALID =
            (target, healthy, outcome) -> Handshakes.invalid(target.port(), number(20_000, 500), outcome);
    private static final Row TRICKLING =
            (target, healthy, outcome) -> Handshakes.trickling(target.port(), number(500, 50), outcome);
    private static final Row PINGS = (target, healthy, outcome) ->
            Floods.frames(target, number(1_000_000, 100_000), 0x89, new byte[0], new byte[0], 1008, outcome);
    private static final Row FRAGMENTS = (target, healthy, outcome) -> Floods.frames(
            target, number(5_000_000, 100_000), 0x00, new byte[0], RawClient.frame(0x01, new byte[0]), 1008, outcome);
    private static final Row TINY = (target, healthy, outcome) ->
            Floods.frames(target, number(5_000_000, 100_000), 0x81, new byte[] {'x'}, new byte[0], 0, outcome);
    private static final Row NEVER_READING =
            (target, healthy, outcome) -> Floods.neverReading(target, 1, 1L << 30, outcome);
    private static final Row ENDS = (target, healthy, outcome) -> Endings.all(target, number(5000, 300), outcome);
    private static final Row THROWING = (target, healthy, outcome) -> Endings.throwing(target, outcome);
    private static final Row BLOCKING = (target, healthy, outcome) ->
            Endings.blocking(target, number(50, 20), number(5000, 1000), healthy, outcome);

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("invalid handshakes: no wrong 101, each refused and closed within 1 s")
    void invalidHandshakes(String engine) throws Exception {
        holds("invalid handshakes", engine, INVALID);
        turnsRed("invalid handshakes", engine, INVALID, Protection.SAME_ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("handshakes that trickle or stay silent are gone within the handshake timeout + 1 s")
    void tricklingHandshakes(String engine) throws Exception {
        holds("trickling handshakes", engine, TRICKLING);
        turnsRed("trickling handshakes", engine, TRICKLING, Protection.HANDSHAKE_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("floods of pings, of empty fragments and of tiny messages are failed or held back, and cost no memory")
    void floods(String engine) throws Exception {
        holds("flood of pings", engine, PINGS);
        turnsRed("flood of pings", engine, PINGS, Protection.CONTROL_RATE);
        holds("flood of empty fragments", engine, FRAGMENTS);
        turnsRed("flood of empty fragments", engine, FRAGMENTS, Protection.FRAGMENTS);
        holds("flood of tiny messages", engine, TINY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("a reader that never reads is gone within the write timeout + 1 s, at the cost of its queue")
    void neverReading(String engine) throws Exception {
        holds("one that never reads", engine, NEVER_READING);
        turnsRed("one that never reads", engine, NEVER_READING, Protection.WRITE_TIMEOUT);
        turnsRed("one that never reads", engine, NEVER_READING, Protection.QUEUE, Protection.WRITE_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("each end, wherever it comes, is exactly one onClose")
    void ends(String engine) throws Exception {
        holds("ends", engine, ENDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("callbacks that throw, each kind in each callback: 1011, one onClose, others unaffected")
    void throwingCallbacks(String engine) throws Exception {
        holds("callbacks that throw", engine, THROWING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("callbacks that block leave the others a p99 under 250 ms")
    void blockingCallbacks(String engine) throws Exception {
        holds("callbacks that block", engine, BLOCKING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("graceful stop: all live peers read 1001 within 5 s, and the process ends within 10 s")
    void gracefulStop(String engine) throws Exception {
        Outcome outcome = new Outcome();
        try (TargetProcess target = TargetProcess.start(engine)) {
            Endings.stop(target, number(2000, 100), outcome);
        }
        System.out.println("| graceful stop | " + engine + " | " + outcome + " |");
        assertEquals(List.of(), outcome.broken());
    }
}
