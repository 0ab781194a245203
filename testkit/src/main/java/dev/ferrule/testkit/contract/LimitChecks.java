package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.both;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.server;

import dev.ferrule.CloseEvent;
import dev.ferrule.Limits;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.RequestSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** LM-1 and LM-2: the limits that close connections, and those that refuse them. */
final class LimitChecks {
    static final List<Check> ALL = List.of(
            both("LM-1", "a connection without messages: 1001, local, with the cause", LimitChecks::idle),
            both(
                    "LM-1",
                    "more messages per second than allowed: 1008",
                    bench -> tooFast(bench, limits -> limits.messagesPerSecond(5))),
            both(
                    "LM-1",
                    "more bytes per second than allowed: 1008",
                    bench -> tooFast(bench, limits -> limits.bytesPerSecond(500))),
            server(
                    "LM-2",
                    "as many connections as allowed in all",
                    bench -> full(bench, limits -> limits.connections(2))),
            server(
                    "LM-2",
                    "as many connections as allowed from one address",
                    bench -> full(bench, limits -> limits.connectionsPerAddress(2))));

    private LimitChecks() {}

    private static void idle(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.idleTimeout(Duration.ofMillis(200))));
        CloseEvent event = link.app().awaitClose();
        equal(
                List.of(1001, CloseEvent.Initiator.LOCAL, true),
                List.of(event.code().value(), event.initiator(), event.cause() != null),
                "event");
        link.peer().expect("close 1001 idle");
    }

    private static void tooFast(Bench bench, UnaryOperator<Limits.Builder> limit) throws Exception {
        Link link = bench.link(Setup.limited(limit));
        Bytes messages = Bytes.EMPTY;
        for (int i = 0; i < 200; i++) {
            messages = messages.plus(link.peer().encode(Frame.binary(Bytes.repeat(i, 100))));
        }
        link.peer().send(messages);
        for (int i = 0; i < 5; i++) {
            link.app().expect("binary of 100");
        }
        equal(1008, link.app().awaitClose().code().value(), "code");
    }

    private static void full(Bench bench, UnaryOperator<Limits.Builder> limit) throws Exception {
        bench.start(Setup.limited(limit));
        Link first = bench.open();
        bench.open();
        ServerBench servers = (ServerBench) bench;
        HttpHead refused = servers.call()
                .open(servers.uri(), RequestSpec.CORRECT.withTarget("/"))
                .head();
        equal(503, refused.status().orElse(0), "status");
        equal(1, refused.fields().all("Retry-After").size(), "fields Retry-After");
        first.app().expect("open");
        first.connection().abort();
        first.app().expect("close 1006 LOCAL");
        // The place is free a moment behind onClose.
        while (!servers.server().connections().stream().noneMatch(first.connection()::equals)) {
            Thread.onSpinWait();
        }
        bench.open();
    }
}
