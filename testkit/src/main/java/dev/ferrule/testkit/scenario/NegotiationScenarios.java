package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.accepted;
import static dev.ferrule.testkit.scenario.Plays.either;
import static dev.ferrule.testkit.scenario.Plays.opens;
import static dev.ferrule.testkit.scenario.Plays.refused;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.List;

/** Requests to a server: key, version, subprotocols, extensions, origin, path, segments. */
final class NegotiationScenarios {
    private static final RequestSpec GOOD = RequestSpec.CORRECT;
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        NegotiationScenarios family = new NegotiationScenarios();
        family.key();
        family.version();
        family.subprotocols();
        family.extensions();
        family.originAndPath();
        family.segments();
        return family.rows;
    }

    private void key() {
        add("6455-4.2.2-1", "an ordinary request", accepted(GOOD));
        add("6455-4.2.2-1", "the RFC's own key", accepted(GOOD.with(KEY, "dGhlIHNhbXBsZSBub25jZQ==")));
        add("9110-8.6-1", "an ordinary request", accepted(GOOD));
        refuse("6455-4.2.1-7", "missing", GOOD.without(KEY));
        refuse("6455-4.2.1-7", "empty", GOOD.with(KEY, ""));
        refuse("6455-4.2.1-7", "15 bytes", GOOD.with(KEY, "AAECAwQFBgcICQoLDA0O"));
        refuse("6455-4.2.1-7", "17 bytes", GOOD.with(KEY, "AAECAwQFBgcICQoLDA0ODxA="));
        refuse("6455-4.2.1-7", "18 bytes without padding", GOOD.with(KEY, "AAECAwQFBgcICQoLDA0ODxAR"));
        refuse("6455-4.2.1-7", "not base64", GOOD.with(KEY, "!!!!!!!!!!!!!!!!!!!!!!=="));
        refuse("6455-4.2.1-7", "the alphabet of URLs", GOOD.with(KEY, "-_-_-_-_-_-_-_-_-_-_-w=="));
        refuse("6455-4.2.1-7", "padding missing", GOOD.with(KEY, "AAECAwQFBgcICQoLDA0ODw"));
        refuse("6455-4.2.1-7", "a space inside", GOOD.with(KEY, "AAECAwQFBgc ICQoLDA0ODw=="));
        refuse("6455-4.2.1-7", "padding and more", GOOD.with(KEY, "AAECAwQFBgcICQoLDA0ODw==A"));
        add("6455-4.2.1-7", "whitespace around it", accepted(GOOD.with(KEY, " \t{key} \t")));
        refuse("6455-11.3.1-1", "two equal lines", GOOD.plus(KEY, "{key}"));
        refuse("6455-11.3.1-1", "two different lines", GOOD.plus(KEY, "AAECAwQFBgcICQoLDA0ODw=="));
        refuse("6455-11.3.1-1", "joined by a comma", GOOD.with(KEY, "{key}, {key}"));
        add("6455-err3150", "stray pad bits", either(GOOD.with(KEY, "AQIDBAUGBwgJCgsMDQ4PEC==")));
    }

    private void version() {
        for (String value : List.of("0", "12", "14", "255", "256")) {
            String what = "version " + value;
            rows.add(Scenario.of(
                            Names.id("6455-4.4-1", what),
                            what,
                            refused(GOOD.with(VERSION, value), Statuses.OTHER_VERSION))
                    .also("6455-4.2.1-8", "6455-10.7-1"));
        }
        // Drafts that a server may understand beside the standard (section 4.4).
        for (String value : List.of("7", "8")) {
            String what = "draft version " + value;
            Play play = refused(GOOD.with(VERSION, value), Statuses.OTHER_VERSION);
            rows.add(Scenario.of(Names.id("6455-4.4-1", what), what, play).at(Level.INFO));
        }
        refuse("6455-4.2.1-8", "missing", GOOD.without(VERSION));
        for (String value : List.of("", "013", "13.0", "abc", "+13", "-13", "1 3", "1313", "0x0d")) {
            refuse("6455-4.2.1-8", value.isEmpty() ? "empty" : "'" + value + "'", GOOD.with(VERSION, value));
        }
        refuse("6455-11.3.5-1", "two equal lines", GOOD.plus(VERSION, "13"));
        refuse("6455-11.3.5-1", "two different lines", GOOD.plus(VERSION, "8"));
        refuse("6455-11.3.5-1", "13, 8", GOOD.with(VERSION, "13, 8"));
    }

    private void subprotocols() {
        String unknown = "nobody.knows.this";
        add("6455-4.2.2-2", "none offered", accepted(GOOD));
        add("6455-4.2.2-2", "an unknown one", accepted(GOOD.plus(PROTOCOL, unknown)));
        add("6455-4.2.2-2", "two unknown ones", accepted(GOOD.plus(PROTOCOL, unknown + ", other")));
        add("6455-4.2.2-2", "in capitals", accepted(GOOD.plus(PROTOCOL, "CHAT, Echo")));
        add("6455-11.3.4-1", "two lines", accepted(GOOD.plus(PROTOCOL, unknown).plus(PROTOCOL, "other")));
        refuse("6455-4.1-10a", "a space inside", GOOD.plus(PROTOCOL, "a b"));
        refuse("6455-4.1-10a", "parentheses", GOOD.plus(PROTOCOL, "(x)"));
        refuse("6455-4.1-10a", "a slash", GOOD.plus(PROTOCOL, "a/b"));
        refuse("6455-4.1-10a", "twice the same", GOOD.plus(PROTOCOL, "a, a"));
        refuse(
                "6455-4.1-10a",
                "twice the same in two lines",
                GOOD.plus(PROTOCOL, "a").plus(PROTOCOL, "a"));
        refuse("6455-4.1-10a", "a byte above 127", GOOD.plus(PROTOCOL, "caf\u00e9"));
        refuse("6455-4.1-10a", "empty", GOOD.plus(PROTOCOL, ""));
        refuse("6455-4.1-10a", "only a comma", GOOD.plus(PROTOCOL, ","));
    }

    private void extensions() {
        add("6455-4.2.2-3", "an unknown one", accepted(GOOD.plus(EXTENSIONS, "foo; bar=1; baz=\"qux\"")));
        add("6455-9.1-2", "two lines", accepted(GOOD.plus(EXTENSIONS, "foo").plus(EXTENSIONS, "bar; x")));
        add("6455-9.1-2", "one line", accepted(GOOD.plus(EXTENSIONS, "foo, bar; x")));
        refuse("6455-9.1-1", "no parameter name", GOOD.plus(EXTENSIONS, "foo; ;="));
        refuse("6455-9.1-1", "only a value", GOOD.plus(EXTENSIONS, "foo; =1"));
        refuse("6455-9.1-1", "an open quotation", GOOD.plus(EXTENSIONS, "foo; bar=\"open"));
        refuse("6455-9.1-1", "a quoted value that is no token", GOOD.plus(EXTENSIONS, "foo; bar=\"a b\""));
        refuse("6455-9.1-1", "a semicolon at the end", GOOD.plus(EXTENSIONS, "foo;"));
        refuse("6455-9.1-1", "a space inside a name", GOOD.plus(EXTENSIONS, "foo bar"));
        refuse("6455-9.1-1", "a parenthesis", GOOD.plus(EXTENSIONS, "f(o"));
        refuse("6455-9.1-1", "empty", GOOD.plus(EXTENSIONS, ""));
        refuse("6455-9.1-1", "only a comma", GOOD.plus(EXTENSIONS, ","));
    }

    private void originAndPath() {
        for (String origin : List.of("http://evil.example", "null", "https://{host}.evil.example")) {
            rows.add(Scenario.of(
                            Names.id("6455-10.2-1", origin),
                            origin,
                            refused(GOOD.plus("Origin", origin), Statuses.FORBIDDEN))
                    .needing(Capability.ORIGIN_POLICY));
        }
        rows.add(Scenario.of(
                        "6455-10.2-1/two-origins",
                        "two Origins",
                        refused(GOOD.plus("Origin", "{origin}").plus("Origin", "{origin}"), Statuses.BAD_REQUEST))
                .needing(Capability.ORIGIN_POLICY));
        add("6455-10.2-1", "its own origin", accepted(GOOD.plus("Origin", "{origin}")));
        Play elsewhere = refused(GOOD.withTarget("/there/is/nothing/here"), Statuses.NOT_FOUND);
        rows.add(Scenario.of("6455-4.2.2-4/other-path", "another path", elsewhere)
                .needing(Capability.PATHS));
    }

    private void segments() {
        Frame[] three = {Frame.text("one"), Frame.text("two"), Frame.ping("three")};
        Opening behind = Opening.CORRECT.behind(three);
        add("6455-TCP-1", "three frames in the same segment", opens(behind));
        add("6455-TCP-1", "byte by byte", opens(Opening.CORRECT.cut(Segmentation.BYTEWISE)));
        add("6455-TCP-1", "byte by byte with frames behind it", opens(behind.cut(Segmentation.BYTEWISE)));
        Opening closing = Opening.CORRECT.behind(Frame.text("one"), Frame.close(1000, "bye"));
        add("6455-TCP-1", "a message and a Close in the same segment", new Play.Frames(closing, List.of()));
        List<Play.Frames> plays = new ArrayList<>();
        for (int i = 1; i < 220; i++) {
            plays.add(opens(behind.cut(Segmentation.at(i))));
        }
        rows.addAll(Plays.inParts("6455-TCP-1", "split points", plays));
        List<Play.Frames> whole = new ArrayList<>();
        for (int i = 1; i < 220; i++) {
            whole.add(new Play.Frames(closing.cut(Segmentation.at(i)), List.of()));
        }
        rows.addAll(Plays.inParts("6455-TCP-1", "split points of handshake, message and Close", whole));
    }

    private void refuse(String requirement, String what, RequestSpec request) {
        rows.add(Scenario.of(Names.id(requirement, what), what, refused(request, Statuses.BAD_REQUEST))
                .also("6455-10.7-1"));
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
