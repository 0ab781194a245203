package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.both;
import static dev.ferrule.testkit.contract.Check.client;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.server;
import static dev.ferrule.testkit.contract.Check.that;
import static dev.ferrule.testkit.contract.Check.thrown;

import dev.ferrule.CloseEvent;
import dev.ferrule.SendException;
import dev.ferrule.Server.StopReport;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** CL-1 to CL-8. */
final class ClosingChecks {
    static final List<Check> ALL = List.of(
            both("CL-1", "what was queued, then the first Close; nothing can be sent behind it", ClosingChecks::first),
            both("CL-2", "each code that the role may send", ClosingChecks::codes),
            both("CL-2", "other codes and reasons are refused, and the connection goes on", ClosingChecks::refused),
            both("CL-3", "the same code, and data behind the Close is ignored", ClosingChecks::reply),
            both("CL-3", "a Close without a code is answered by one", ClosingChecks::emptyReply),
            both("CL-4", "a peer that doesn't answer is dropped: 1006, close timeout", ClosingChecks::unanswered),
            server("CL-4", "a server ends TCP at once", ClosingChecks::serverEnds),
            client("CL-4", "a client leaves that to the server for a while", ClosingChecks::clientWaits),
            both("CL-5", "Close, end of output, nothing behind the violation", ClosingChecks::violation),
            both("CL-5", "a message that is too big: 1009 on the wire", ClosingChecks::tooBig),
            both("CL-6", "TCP ends without a Close, and onClose says 1006, local", ClosingChecks::abort),
            server("CL-7", "1001 to all, and the report counts who answered and who didn't", ClosingChecks::stop),
            both("CL-8", "no word of an exception, and none of the peer's own bytes", ClosingChecks::reasons));

    private ClosingChecks() {}

    private static void first(Bench bench) throws Exception {
        Link link = bench.link();
        for (int i = 0; i < 5; i++) {
            link.connection().send("m" + i);
        }
        link.connection().close(CloseCode.of(4000), "first");
        link.connection().close(CloseCode.of(4001), "second");
        thrown(SendException.class, () -> link.connection().send("late"));
        for (int i = 0; i < 5; i++) {
            link.peer().expect("text m" + i);
        }
        link.peer().expect("close 4000 first");
        link.peer().send(Frame.close(4002, "theirs"));
        link.app().expect("close 4002 LOCAL clean");
    }

    private static void codes(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        List<Integer> codes = bench.role() == Role.CLIENT
                ? List.of(1000, 1001, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 4999)
                : List.of(1000, 1001, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 4999);
        for (int code : codes) {
            Link link = bench.open();
            link.connection().close(CloseCode.of(code), "why");
            link.peer().expect("close " + code + " why");
        }
    }

    private static void refused(Bench bench) throws Exception {
        Link link = bench.link();
        for (int code : List.of(0, 999, 1002, 1004, 1005, 1006, 1015, 2000, 2999, 5000, 65535)) {
            thrown(IllegalArgumentException.class, () -> link.connection().close(CloseCode.of(code), ""));
        }
        thrown(IllegalArgumentException.class, () -> link.connection().close(CloseCode.of(1000), "x".repeat(124)));
        thrown(IllegalArgumentException.class, () -> link.connection().close(CloseCode.of(1000), "\uD800"));
        link.connection().send("goes on");
        link.peer().expect("text goes on");
        link.connection().close(CloseCode.of(1000), "x".repeat(123));
        link.peer().expect("close of 125");
    }

    private static void reply(Bench bench) throws Exception {
        Link link = bench.link();
        link.peer().send(Frame.close(3999, "bye"), Frame.text("ignored"), Frame.ping("ignored"));
        link.peer().expect("close 3999");
        CloseEvent event = link.app().awaitClose();
        equal(List.of(3999, "bye", true), List.of(event.code().value(), event.reason(), event.clean()), "event");
        link.app().expectNothingMore();
    }

    private static void emptyReply(Bench bench) throws Exception {
        Link link = bench.link();
        link.peer().send(Frame.close());
        link.peer().expect("close");
        link.app().expect("close 1005 PEER clean");
    }

    private static void unanswered(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.closeTimeout(Duration.ofMillis(200))));
        link.connection().close();
        link.peer().expect("close 1000");
        CloseEvent event = link.app().awaitClose();
        equal(
                List.of(1006, CloseEvent.Initiator.TRANSPORT),
                List.of(event.code().value(), event.initiator()),
                "event");
        that(String.valueOf(event.cause()).contains("close timeout"), "the cause is " + event.cause());
        link.peer().expectEnd();
    }

    private static void serverEnds(Bench bench) throws Exception {
        Link link = bench.link();
        link.peer().send(Frame.close(1000, ""));
        link.peer().expect("close 1000");
        link.peer().expectEnd();
    }

    /** Tried thrice, since a machine that stands still for a second looks like a client that doesn't wait. */
    private static void clientWaits(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        String seen = "";
        for (int i = 0; i < 3 && !seen.equals("nothing"); i++) {
            Link link = bench.open();
            link.peer().send(Frame.close(1000, ""));
            link.peer().expect("close 1000");
            link.peer().patience(300);
            seen = link.peer().line();
        }
        equal("nothing", seen, "behind both Close frames");
    }

    private static void violation(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        for (int i = 0; i < 10; i++) {
            Link link = bench.open();
            link.app().expect("open");
            link.peer().send(Frame.text("before"));
            link.app().expect("text before");
            link.peer().send(Frame.text("reserved").withRsv(2), Frame.text("behind"), Frame.ping("behind"));
            link.peer().expect("close 1002");
            link.peer().expect("end");
            equal(1002, link.app().awaitClose().code().value(), "code");
            link.app().expectNothingMore();
        }
    }

    private static void tooBig(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.messageBytes(100)));
        link.peer().send(Frame.binary(Bytes.pattern(101)));
        link.peer().expect("close 1009");
        equal(1009, link.app().awaitClose().code().value(), "code");
    }

    private static void abort(Bench bench) throws Exception {
        Link link = bench.link();
        link.connection().abort();
        link.app().expect("close 1006 LOCAL");
        link.peer().expectEnd();
    }

    private static void stop(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        Link answers = bench.open();
        Link silent = bench.open();
        answers.connection().send("queued");
        CompletableFuture<StopReport> report =
                ((ServerBench) bench).server().stop(Duration.ofSeconds(2)).toCompletableFuture();
        answers.peer().expect("text queued");
        answers.peer().expect("close 1001");
        silent.peer().expect("close 1001");
        answers.peer().send(Frame.close(1001, ""));
        equal(new StopReport(1, 1), Bench.get(report), "report");
        equal(true, ((ServerBench) bench).server().connections().isEmpty(), "no connections");
    }

    private static void reasons(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        Link throwing = bench.open();
        throwing.app().onText = (connection, text) -> {
            throw new IllegalStateException("secret of the application");
        };
        throwing.peer().send(Frame.text("a"));
        throwing.peer().expect("close 1011");
        Link violating = bench.open();
        violating.peer().send(Frame.close(4000, "x").withRsv(2));
        // An end without a Close gives nothing away either; whether one has to come is CL-5's.
        String line = violating.peer().line();
        that(List.of("close 1002", "end", "reset").contains(line), "seen: " + line);
    }
}
