package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.both;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.that;
import static dev.ferrule.testkit.contract.Check.thrown;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** CT-1 to CT-4. */
final class ControlChecks {
    static final List<Check> ALL = List.of(
            both(
                    "CT-1",
                    "each ping with its own payload, also between the fragments of a message",
                    ControlChecks::pings),
            both("CT-2", "the round-trip time, and 126 bytes", ControlChecks::ping),
            both("CT-3", "a hundred thousand pings, and not a byte read", ControlChecks::flood),
            both("CT-4", "a silent peer is pinged, and given up: 1006 with the cause", ControlChecks::deadPeer),
            both("CT-4", "a peer that answers is kept, and its round-trip time is known", ControlChecks::livePeer));

    private ControlChecks() {}

    private static void pings(Bench bench) throws Exception {
        Link link = bench.link();
        link.peer().send(Frame.ping("1"));
        link.peer().expect("pong 1");
        link.peer().send(Frame.text("a").notFinal());
        link.peer().send(Frame.ping("2"));
        link.peer().expect("pong 2");
        link.peer().send(Frame.continuation("b"), Frame.ping(""));
        link.app().expect("text ab");
        link.peer().expect("pong");
        link.app().expectNothingMore();
    }

    private static void ping(Bench bench) throws Exception {
        Link link = bench.link();
        CompletableFuture<Duration> time =
                link.connection().ping(ByteBuffer.wrap(new byte[] {'p'})).toCompletableFuture();
        link.peer().expect("ping p");
        link.peer().send(Frame.pong("p"));
        Duration measured = Bench.get(time);
        that(!measured.isNegative() && !measured.isZero(), "measured " + measured);
        equal(
                measured,
                link.connection().roundTrip() == null
                        ? "nothing"
                        : link.connection().roundTrip(),
                "round trip");
        thrown(IllegalArgumentException.class, () -> link.connection().ping(ByteBuffer.allocate(126)));
        link.connection().send("goes on");
        link.peer().expect("text goes on");
    }

    private static void flood(Bench bench) throws Exception {
        Link link = bench.link();
        Bytes pings = Bytes.EMPTY;
        for (int i = 0; i < 1000; i++) {
            pings = pings.plus(link.peer().encode(Frame.ping("p".repeat(100))));
        }
        try {
            for (int i = 0; i < 100; i++) {
                link.peer().send(pings);
            }
        } catch (java.io.IOException e) {
            // It was dropped for that, as it should be.
        }
        equal(1008, link.app().awaitClose().code().value(), "code");
    }

    private static Link link(Bench bench, int interval, int timeout) throws Exception {
        return bench.link(Setup.limited(limits ->
                limits.heartbeatInterval(Duration.ofMillis(interval)).heartbeatTimeout(Duration.ofMillis(timeout))));
    }

    private static void deadPeer(Bench bench) throws Exception {
        Link link = link(bench, 200, 300);
        link.peer().expect("ping");
        var event = link.app().awaitClose();
        equal(1006, event.code().value(), "code");
        that(String.valueOf(event.cause()).contains("heartbeat"), "the cause is " + event.cause());
    }

    private static void livePeer(Bench bench) throws Exception {
        Link link = link(bench, 100, 20_000);
        for (int i = 0; i < 3; i++) {
            link.peer().expect("ping");
            link.peer().send(Frame.pong(""));
            link.app().expect("pong ");
        }
        that(link.connection().roundTrip() != null, "no round-trip time");
        link.app().expectNothingMore();
    }
}
