package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.accepted;
import static dev.ferrule.testkit.scenario.Plays.either;
import static dev.ferrule.testkit.scenario.Plays.opens;
import static dev.ferrule.testkit.scenario.Plays.refused;

import dev.ferrule.testkit.scenario.Opening.Loss;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.ResponseSpec;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.List;

/** Answers to a client's opening handshake. */
final class ResponseScenarios {
    private static final ResponseSpec GOOD = ResponseSpec.CORRECT;
    private static final String ACCEPT = "Sec-WebSocket-Accept";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        ResponseScenarios family = new ResponseScenarios();
        family.request();
        family.status();
        family.upgradeAndConnection();
        family.acceptKey();
        family.negotiation();
        family.segments();
        family.loss();
        return family.rows;
    }

    /** The request is checked in every scenario; here stand those that look at nothing else. */
    private void request() {
        rows.add(Scenario.of("6455-4.1-3/ordinary", "an ordinary request", accepted(GOOD))
                .also("6455-4.1-4", "6455-4.1-5/6", "6455-4.1-9", "6455-4.1-11"));
        for (String target : List.of("", "?x=1", "/", "/a%20b?c=d", "/a/b;c?d=e/f?g")) {
            String what = "'" + target + "'";
            String id = "6455-3-1/" + (target.isEmpty() ? "no-path" : target.replaceAll("[^a-z0-9]+", "-"));
            rows.add(Scenario.of(id, what, opens(Opening.CORRECT.at(target))));
        }
    }

    private void status() {
        for (String status : List.of(
                "200 OK",
                "201 Created",
                "301 Moved",
                "302 Found",
                "307 Temporary",
                "400 Bad Request",
                "401 Unauthorized",
                "403 Forbidden",
                "404 Not Found",
                "426 Upgrade Required",
                "500 Error",
                "503 Unavailable")) {
            refuse("6455-4.1-12", status, ResponseSpec.status(status));
        }
        // With a length, because without one the body of such an answer has no end.
        ResponseSpec empty = GOOD.plus("Content-Length", "0");
        refuse("6455-4.1-12", "200 with all headers of a 101", empty.withStatusLine("HTTP/1.1 200 OK"));
        refuse("6455-4.1-12", "404 with all headers of a 101", empty.withStatusLine("HTTP/1.1 404 Not Found"));
        refuse("6455-4.1-12", "no HTTP at all", new ResponseSpec("garbage", GOOD.fields(), ""));
        add("6455-4.1-12", "another reason phrase", accepted(GOOD.withStatusLine("HTTP/1.1 101 Come In")));
        add("6455-4.1-12", "no reason phrase", accepted(GOOD.withStatusLine("HTTP/1.1 101 ")));
        choose("6455-4.1-18", "HTTP/1.0 101", GOOD.withStatusLine("HTTP/1.0 101 Switching Protocols"));
    }

    private void upgradeAndConnection() {
        refuse("6455-4.1-13", "missing", GOOD.without("Upgrade"));
        for (String value : List.of("", "foo", "websockets", "h2c")) {
            refuse("6455-4.1-13", value.isEmpty() ? "empty" : value, GOOD.with("Upgrade", value));
        }
        add("6455-4.1-13", "all capitals", accepted(GOOD.with("Upgrade", "WEBSOCKET")));
        add("6455-4.1-13", "two capitals", accepted(GOOD.with("Upgrade", "WebSocket")));
        refuse("6455-4.1-14", "missing", GOOD.without("Connection"));
        for (String value : List.of("", "close", "keep-alive", "Upgraded")) {
            refuse("6455-4.1-14", value.isEmpty() ? "empty" : value, GOOD.with("Connection", value));
        }
        add("6455-4.1-14", "lower case", accepted(GOOD.with("Connection", "upgrade")));
        add("6455-4.1-14", "a list", accepted(GOOD.with("Connection", "keep-alive, Upgrade")));
        ResponseSpec lines = GOOD.with("Connection", "keep-alive").plus("Connection", "Upgrade");
        add("6455-4.1-14", "two lines", accepted(lines));
        add(
                "6455-4.1-12",
                "unknown headers",
                accepted(GOOD.plus("Server", "kit").plus("X-Any", "thing")));
    }

    private void acceptKey() {
        refuse("6455-4.1-15", "missing", GOOD.without(ACCEPT));
        refuse("6455-4.1-15", "empty", GOOD.with(ACCEPT, ""));
        refuse("6455-4.1-15", "of another key", GOOD.with(ACCEPT, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        refuse("6455-4.1-15", "with one letter more", GOOD.with(ACCEPT, "{accept}A"));
        refuse("6455-4.1-15", "without padding", GOOD.with(ACCEPT, "{accept-cut}"));
        refuse("6455-4.1-15", "in lower case", GOOD.with(ACCEPT, "{accept-lower}"));
        refuse("6455-4.1-15", "twice in one line", GOOD.with(ACCEPT, "{accept}, {accept}"));
        refuse("6455-4.1-15", "a right and a wrong line", GOOD.plus(ACCEPT, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        add("6455-4.1-15", "whitespace around it", accepted(GOOD.with(ACCEPT, " \t{accept}\t ")));
    }

    private void negotiation() {
        refuse("6455-4.1-16", "permessage-deflate", GOOD.plus(EXTENSIONS, "permessage-deflate"));
        refuse("6455-4.1-16", "unknown", GOOD.plus(EXTENSIONS, "foo"));
        refuse("6455-4.1-16", "with a parameter", GOOD.plus(EXTENSIONS, "foo; bar=1"));
        refuse("6455-4.1-16", "malformed", GOOD.plus(EXTENSIONS, "foo;;"));
        refuse("6455-4.1-17", "one", GOOD.plus(PROTOCOL, "chat"));
        refuse("6455-4.1-17", "a list", GOOD.plus(PROTOCOL, "chat, superchat"));
        refuse("6455-4.1-17", "two lines", GOOD.plus(PROTOCOL, "chat").plus(PROTOCOL, "superchat"));
    }

    private void segments() {
        add("6455-4.1-19", "byte by byte", opens(Opening.CORRECT.cut(Segmentation.BYTEWISE)));
        Opening behind = Opening.CORRECT.behind(Frame.text("one"), Frame.text("two"), Frame.ping("three"));
        early("three frames in the same segment", opens(behind));
        early("byte by byte with frames behind it", opens(behind.cut(Segmentation.BYTEWISE)));
        early(
                "a message and a Close in the same segment",
                new Play.Frames(Opening.CORRECT.behind(Frame.text("one"), Frame.close(1000, "bye")), List.of()));
        List<Play.Frames> plays = new ArrayList<>();
        for (int i = 1; i < 129; i++) {
            plays.add(opens(Opening.CORRECT.cut(Segmentation.at(i))));
        }
        rows.addAll(Plays.inParts("6455-4.1-19", "split points", plays));
    }

    private void loss() {
        for (int after : List.of(0, 1, 20, 100)) {
            for (boolean reset : List.of(false, true)) {
                String what = (reset ? "reset" : "end of stream") + " after " + after + " bytes of the answer";
                Opening lost = Opening.CORRECT.lost(new Loss(after, reset));
                add("6455-7.2.1-1", what, new Play.Refusal(lost, Statuses.BAD_REQUEST));
            }
        }
    }

    private void early(String what, Play play) {
        rows.add(Scenario.of(Names.id("6455-4.1-19", what), what, play).needing(Capability.EARLY_FRAMES));
    }

    private void refuse(String requirement, String what, ResponseSpec response) {
        add(requirement, what, refused(response));
    }

    private void choose(String requirement, String what, ResponseSpec response) {
        rows.add(
                Scenario.of(Names.id(requirement, what), what, either(response)).at(Level.INFO));
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
