package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.both;
import static dev.ferrule.testkit.contract.Check.client;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.that;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Message;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.ResponseSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** CB-1 to CB-6. */
final class CallbackChecks {
    static final List<Check> ALL = List.of(
            both(
                    "CB-1",
                    "open, messages and pongs in their order, close, and nothing at the same time",
                    bench -> order(bench, Setup.PLAIN)),
            both(
                    "CB-1",
                    "the same with callbacks on the engine's threads",
                    bench -> order(bench, Setup.PLAIN.onEngineThreads())),
            both(
                    "CB-2",
                    "one onClose, whether the peer closes, ends or resets TCP, or breaks a rule",
                    CallbackChecks::ends),
            both("CB-2", "one onClose, when the application closes or aborts", CallbackChecks::ownEnds),
            client("CB-2", "a handshake that fails calls no endpoint", CallbackChecks::failedHandshake),
            both("CB-3", "what send, close, demand and abort cause runs elsewhere", CallbackChecks::otherStack),
            both("CB-4", "a callback that blocks holds up its own connection alone", CallbackChecks::blocking),
            both("CB-5", "an exception, and an Error", CallbackChecks::throwing),
            both("CB-6", "the next message waits for the stage", CallbackChecks::stage));

    private CallbackChecks() {}

    private static void order(Bench bench, Setup setup) throws Exception {
        Link link = bench.link(setup);
        link.peer().send(Frame.text("a"), Frame.pong("p"), Frame.text("b"), Frame.close(4000, ""));
        for (String event : List.of("text a", "pong p", "text b", "close 4000 PEER clean")) {
            link.app().expect(event);
        }
        link.peer().expect("close 4000");
        link.app().expectNothingMore();
    }

    private static void ends(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        for (String how : List.of("close", "finish", "reset", "violation")) {
            Link link = bench.open();
            link.app().expect("open");
            // So that nothing of the handshake is still under way in the engine.
            link.peer().send(Frame.text("here"));
            link.app().expect("text here");
            switch (how) {
                case "close" -> link.peer().send(Frame.close());
                case "finish" -> link.peer().finish();
                case "reset" -> link.peer().reset();
                default -> link.peer().send(Frame.continuation("of nothing"));
            }
            link.app().awaitClose();
            equal(Connection.State.CLOSED, link.connection().state(), "state behind " + how);
            link.peer().close();
            link.connection().abort();
            link.app().expectNothingMore();
        }
    }

    private static void ownEnds(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        Link closing = bench.open();
        closing.app().expect("open");
        closing.connection().close();
        closing.peer().expect("close 1000");
        closing.peer().send(Frame.close(1000, ""));
        closing.app().expect("close 1000 LOCAL clean");
        Link aborting = bench.open();
        aborting.app().expect("open");
        aborting.connection().abort();
        aborting.connection().abort();
        aborting.connection().close();
        aborting.app().expect("close 1006 LOCAL");
        closing.app().expectNothingMore();
        aborting.app().expectNothingMore();
    }

    private static void failedHandshake(Bench bench) throws Exception {
        ClientBench clients = (ClientBench) bench;
        clients.start(Setup.PLAIN);
        App app = new App();
        CompletableFuture<Connection> connected = clients.connect(clients.request(), app);
        clients.accept().answer(ResponseSpec.status("403 Forbidden"));
        Check.thrown(ExecutionException.class, () -> Bench.get(connected));
        app.expectNothingMore();
    }

    private static void otherStack(Bench bench) throws Exception {
        Link link = bench.link();
        CompletableFuture<Thread> completed = new CompletableFuture<>();
        link.connection().demand(0);
        link.peer().send(Frame.text("held"));
        var unused = link.connection()
                .sendAsync(Message.text("x"))
                .thenRun(() -> completed.complete(Thread.currentThread()));
        Thread here = Thread.currentThread();
        that(Bench.get(completed) != here || completed.isDone(), "the completion ran on the caller's stack");
        link.connection().demand(1);
        link.app().expect("text held");
        link.connection().send(ByteBuffer.allocate(1));
        link.connection().abort();
        link.app().expect("close 1006 LOCAL");
        that(!link.app().threads.contains(here), "a callback ran on the caller's stack");
    }

    private static void blocking(Bench bench) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bench.start(Setup.PLAIN);
        Link blocked = bench.open();
        Link free = bench.open();
        blocked.app().expect("open");
        free.app().expect("open");
        blocked.app().onText = (connection, text) -> {
            if (!release.await(Bench.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the other connection was held up");
            }
            return null;
        };
        blocked.peer().send(Frame.text("a"), Frame.text("b"));
        blocked.app().expect("text a");
        free.peer().send(Frame.text("goes on"));
        free.app().expect("text goes on");
        free.connection().send("answer");
        free.peer().expect("text answer");
        blocked.app().expectNothingMore();
        release.countDown();
        blocked.app().expect("text b");
    }

    private static void throwing(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        for (Throwable failure : List.of(new IllegalStateException("secret"), new AssertionError("secret"))) {
            Link link = bench.open();
            link.app().expect("open");
            link.app().onText = (connection, text) -> {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            };
            link.peer().send(Frame.text("a"));
            link.peer().expect("close 1011");
            CloseEvent event = link.app().awaitClose();
            equal(1011, event.code().value(), "code");
            equal(CloseEvent.Initiator.LOCAL, event.initiator(), "initiator");
            that(failure.equals(event.cause()), "the cause is " + event.cause());
            link.app().expectNothingMore();
        }
    }

    private static void stage(Bench bench) throws Exception {
        Link link = bench.link();
        CompletableFuture<Void> stage = new CompletableFuture<>();
        link.app().onText = (connection, text) -> text.equals("a") ? stage : null;
        link.peer().send(Frame.text("a"), Frame.text("b"));
        link.app().expect("text a");
        link.connection().send("still alive");
        link.peer().expect("text still alive");
        link.app().expectNothingMore();
        stage.complete(null);
        link.app().expect("text b");
    }
}
