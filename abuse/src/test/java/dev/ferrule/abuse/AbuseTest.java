package dev.ferrule.abuse;

import static dev.ferrule.abuse.Matrix.holds;
import static dev.ferrule.abuse.Matrix.holdsAlone;
import static dev.ferrule.abuse.Matrix.holdsInFull;
import static dev.ferrule.abuse.Matrix.holdsWith;
import static dev.ferrule.abuse.Matrix.number;
import static dev.ferrule.abuse.Matrix.turnsRed;
import static dev.ferrule.abuse.Matrix.watched;

import dev.ferrule.abuse.Matrix.Row;
import dev.ferrule.abuse.Target.Protection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the matrix that are about servers. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class AbuseTest {
    private static final Row INVALID =
            watched((target, healthy, outcome) -> Handshakes.invalid(target.port(), number(20_000, 500), outcome));
    private static final Row TRICKLING =
            watched((target, healthy, outcome) -> Handshakes.trickling(target.port(), number(500, 50), outcome));
    private static final Row VIOLATIONS =
            watched((target, healthy, outcome) -> Violations.all(target, number(1, 23), outcome));
    private static final Row PINGS = watched((target, healthy, outcome) ->
            Floods.frames(target, number(1_000_000, 100_000), 0x89, new byte[0], new byte[0], 1008, outcome));
    private static final Row FRAGMENTS = watched((target, healthy, outcome) -> Floods.frames(
            target, number(5_000_000, 100_000), 0x00, new byte[0], RawClient.frame(0x01, new byte[0]), 1008, outcome));
    private static final Row TINY = watched((target, healthy, outcome) ->
            Floods.frames(target, number(5_000_000, 100_000), 0x81, new byte[] {'x'}, new byte[0], 0, outcome));
    private static final Row NEVER_READING =
            watched((target, healthy, outcome) -> Floods.neverReading(target, 1, 1L << 30, outcome));
    private static final Row MANY_NEVER_READING =
            watched((target, healthy, outcome) -> Floods.neverReading(target, 1000, 8L << 20, outcome));
    private static final Row IDLE = (target, outcome) -> Crowds.idle(target, 10_000, 30, outcome);
    private static final Row HALF_OPEN =
            watched((target, healthy, outcome) -> Crowds.halfOpen(target, number(200, 20), outcome));
    private static final Row EXHAUSTED = watched((target, healthy, outcome) -> Crowds.exhausted(target, 1000, outcome));
    private static final Row CHURN =
            watched((target, healthy, outcome) -> Crowds.churn(target, number(100_000, 500), outcome));
    private static final Row ENDS =
            watched((target, healthy, outcome) -> Endings.all(target, number(5000, 300), outcome));
    private static final Row THROWING = watched((target, healthy, outcome) -> Endings.throwing(target, outcome));
    private static final Row BLOCKING = watched((target, healthy, outcome) ->
            Endings.blocking(target, number(50, 20), number(5000, 1000), healthy, outcome));
    /** Without a well-behaved connection, since every one of them is ended. */
    private static final Row STOP = (target, outcome) -> Stopping.graceful(target, number(2000, 100), outcome);

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
    @DisplayName(
            "each opcode with each form of a length, cut at each byte: the exact close code, and nothing behind it")
    void violations(String engine) throws Exception {
        holds("opcodes, lengths and cuts", engine, VIOLATIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("idle connections cost little memory, and their heartbeats little CPU")
    void idle(String engine) throws Exception {
        holdsInFull("idle connections", engine, IDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("peers that are gone without a word are found within the bounds of the heartbeat")
    void halfOpen(String engine) throws Exception {
        holdsInFull("half-open peers", engine, HALF_OPEN);
        turnsRed("half-open peers", engine, HALF_OPEN, Protection.HEARTBEAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("more peers than descriptors: no spinning, and others are accepted 2 s after they have gone")
    void exhausted(String engine) throws Exception {
        holdsWith(Crowds.DESCRIPTORS, "exhausted descriptors", engine, EXHAUSTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("connections that come and go leave no heap, descriptors or threads behind")
    void churn(String engine) throws Exception {
        holds("connect and close", engine, CHURN);
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
        holdsInFull("many that never read", engine, MANY_NEVER_READING);
        turnsRed("many that never read", engine, MANY_NEVER_READING, Protection.QUEUE);
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
        turnsRed("callbacks that block", engine, BLOCKING, Protection.WORKERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    @DisplayName("graceful stop: all live peers read 1001 within 5 s, and the process ends within 10 s")
    void gracefulStop(String engine) throws Exception {
        holdsAlone("graceful stop", engine, STOP);
        turnsRed("graceful stop", engine, STOP, Protection.GRACE, Protection.CLOSE_TIMEOUT);
    }
}
