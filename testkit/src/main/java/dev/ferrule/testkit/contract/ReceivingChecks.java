package dev.ferrule.testkit.contract;

import static dev.ferrule.testkit.contract.Check.both;
import static dev.ferrule.testkit.contract.Check.equal;
import static dev.ferrule.testkit.contract.Check.that;

import dev.ferrule.Message;
import dev.ferrule.Retained;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** RX-1 to RX-6. */
final class ReceivingChecks {
    static final List<Check> ALL = List.of(
            both(
                    "RX-1",
                    "a text in fragments, byte by byte, with pings between, is one message",
                    bench -> fragments(bench, new App())),
            both("RX-1", "piece by piece it is the same text", bench -> fragments(bench, new PartialApp())),
            both("RX-2", "a message of the limit, and one byte more", ReceivingChecks::limit),
            both("RX-2", "the header alone of a frame that is too long is enough", ReceivingChecks::announced),
            both(
                    "RX-3",
                    "the fragment that breaks UTF-8 fails the connection before the message ends",
                    ReceivingChecks::utf8),
            both("RX-4", "read-only, copied and retained", ReceivingChecks::lent),
            both("RX-5", "no message beyond the demand, and control frames before it", ReceivingChecks::demand),
            both("RX-5", "the peer's Close is seen without demand", ReceivingChecks::closeWithoutDemand),
            both("RX-6", "one fragment more than the limit", ReceivingChecks::fragmentLimit),
            both("RX-6", "one empty fragment more than the limit", ReceivingChecks::emptyFragments),
            both("RX-6", "more pings than the limit", ReceivingChecks::controlLimit));

    private ReceivingChecks() {}

    private static void fragments(Bench bench, App app) throws Exception {
        bench.start(Setup.PLAIN);
        Link link = bench.open(app);
        app.expect("open");
        String text = "a\u00e9\u20ac\uD83D\uDE00";
        Bytes utf8 = Bytes.utf8(text);
        Bytes wire = Bytes.EMPTY;
        for (int i = 0; i < utf8.size(); i++) {
            Bytes one = utf8.slice(i, i + 1);
            Frame frame = i == 0 ? Frame.text(one) : Frame.continuation(one);
            wire = wire.plus(link.peer().encode(frame.notFinal(), Frame.ping("" + i)));
        }
        wire = wire.plus(link.peer().encode(Frame.continuation("")));
        for (int i = 0; i < wire.size(); i++) {
            link.peer().send(wire.slice(i, i + 1));
        }
        app.expect("text " + text);
        link.peer().send(Frame.binary(Bytes.pattern(5000)));
        app.expect("binary of 5000");
        app.expectNothingMore();
    }

    private static void limit(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.messageBytes(3000).frameBytes(3000)));
        link.peer().send(Frame.binary(Bytes.pattern(3000)));
        link.app().expect("binary of 3000");
        link.peer().send(Frame.binary(Bytes.pattern(1500)).notFinal(), Frame.continuation(Bytes.pattern(1501)));
        equal(1009, link.app().awaitClose().code().value(), "code");
        link.app().expectNothingMore();
    }

    private static void announced(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.messageBytes(3000).frameBytes(3000)));
        Bytes frame = link.peer().encode(Frame.binary(Bytes.pattern(3001)));
        link.peer().send(frame.slice(0, frame.size() - 3001));
        link.peer().patience(8000);
        link.peer().expect("close 1009");
        equal(1009, link.app().awaitClose().code().value(), "code");
    }

    private static void utf8(Bench bench) throws Exception {
        Link link = bench.link();
        link.peer()
                .send(
                        Frame.text("fine").notFinal(),
                        Frame.continuation(Bytes.of('x', 0xFF)).notFinal());
        equal(1007, link.app().awaitClose().code().value(), "code");
        link.app().expectNothingMore();
    }

    private static void lent(Bench bench) throws Exception {
        Link link = bench.link();
        List<Retained> kept = Collections.synchronizedList(new ArrayList<>());
        List<Message> copies = Collections.synchronizedList(new ArrayList<>());
        link.app().onBinary = (connection, data) -> {
            that(data.isReadOnly(), "the buffer can be written");
            kept.add(connection.retain(data));
            copies.add(Message.copyOf(data));
            connection.send("kept");
            return null;
        };
        for (int i = 0; i < 30; i++) {
            link.peer().send(Frame.binary(Bytes.repeat(i, 100)));
            link.peer().expect("text kept");
        }
        for (int i = 0; i < 30; i++) {
            ByteBuffer expected = ByteBuffer.wrap(Bytes.repeat(i, 100).toArray());
            equal(expected, copies.get(i).payload(), "copy");
            equal(expected, kept.get(i).data(), "retained data");
            kept.get(i).close();
        }
    }

    private static void demand(Bench bench) throws Exception {
        bench.start(Setup.PLAIN);
        App app = new App();
        app.onOpen = (connection, nothing) -> {
            connection.demand(0);
            return null;
        };
        Link link = bench.open(app);
        app.expect("open");
        link.peer().send(Frame.ping("before"), Frame.text("a"), Frame.text("b"), Frame.text("c"));
        link.peer().expect("pong before");
        app.expectNothingMore();
        link.connection().demand(2);
        app.expect("text a");
        app.expect("text b");
        link.connection().send("barrier");
        link.peer().expect("text barrier");
        app.expectNothingMore();
        link.connection().demand(1);
        app.expect("text c");
    }

    private static void closeWithoutDemand(Bench bench) throws Exception {
        Link link = bench.link();
        link.connection().demand(0);
        link.peer().send(Frame.pong("p"), Frame.close(4001, "bye"));
        link.app().expect("pong p");
        link.app().expect("close 4001 PEER clean");
    }

    private static void tooMany(Link link, Bytes frames) throws Exception {
        link.peer().send(frames);
        equal(1008, link.app().awaitClose().code().value(), "code");
        link.app().expectNothingMore();
    }

    private static void fragmentLimit(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.fragments(50)));
        Frame more = Frame.continuation(Bytes.of('x')).notFinal();
        Bytes frames = link.peer().encode(Frame.text("x").notFinal());
        for (int i = 0; i < 50; i++) {
            frames = frames.plus(link.peer().encode(more));
        }
        tooMany(link, frames);
    }

    private static void emptyFragments(Bench bench) throws Exception {
        Link link = bench.link(Setup.limited(limits -> limits.fragments(50)));
        Frame more = Frame.continuation("").notFinal();
        Bytes frames = link.peer().encode(Frame.text("").notFinal());
        for (int i = 0; i < 50; i++) {
            frames = frames.plus(link.peer().encode(more));
        }
        tooMany(link, frames);
    }

    private static void controlLimit(Bench bench) throws Exception {
        Link link = bench.link(
                Setup.limited(limits -> limits.controlFramesPerSecond(1).controlFrameBurst(20)));
        Bytes frames = Bytes.EMPTY;
        for (int i = 0; i < 200; i++) {
            frames = frames.plus(link.peer().encode(Frame.pong("")));
        }
        link.peer().send(frames);
        equal(1008, link.app().awaitClose().code().value(), "code");
    }
}
