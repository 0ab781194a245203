package dev.ferrule.testkit.scenario;

import static dev.ferrule.testkit.scenario.Plays.accepted;
import static dev.ferrule.testkit.scenario.Plays.either;
import static dev.ferrule.testkit.scenario.Plays.refused;

import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.RequestSpec;
import java.util.ArrayList;
import java.util.List;

/** Requests to a server: the request line, Host, Upgrade, Connection, and headers as such. */
final class RequestScenarios {
    private static final RequestSpec GOOD = RequestSpec.CORRECT;

    private final List<Scenario> rows = new ArrayList<>();

    static List<Scenario> all() {
        RequestScenarios family = new RequestScenarios();
        family.requestLine();
        family.host();
        family.upgrade();
        family.connection();
        family.headers();
        return family.rows;
    }

    private void requestLine() {
        for (String method : List.of("POST", "PUT", "HEAD", "OPTIONS", "DELETE", "get", "CONNECT")) {
            RequestSpec request = GOOD.withMethod(method);
            if (method.equals("POST") || method.equals("PUT")) {
                request = request.plus("Content-Length", "0");
            }
            refuse("6455-4.2.1-1", method, request, Statuses.NOT_AN_UPGRADE);
        }
        for (String version : List.of("HTTP/1.0", "HTTP/0.9", "", "HTTP/1", "HTTP/x.y")) {
            String name = version.isEmpty() ? "no version" : version;
            refuse("6455-4.2.1-2", name, GOOD.withVersion(version), Statuses.HTTP_VERSION);
        }
        refuse("6455-4.2.1-2", "in lower case", GOOD.withVersion("http/1.1"), Statuses.HTTP_VERSION);
        for (String version : List.of("HTTP/1.2", "HTTP/2.0")) {
            choose("6455-4.2.1-2", version, GOOD.withVersion(version));
        }
        accept("6455-4.2.1-3", "absolute form", GOOD.withTarget("{origin}{target}"));
        refuse("6455-4.2.1-3", "asterisk form", GOOD.withTarget("*"), Statuses.BAD_REQUEST);
        refuse("6455-4.2.1-3", "authority form", GOOD.withTarget("{host}"), Statuses.BAD_REQUEST);
        refuse("6455-4.2.1-3", "with a fragment", GOOD.withTarget("{target}#part"), Statuses.BAD_REQUEST);
        refuse("6455-4.2.1-3", "with a space", GOOD.withTarget("{target} x"), Statuses.BAD_REQUEST);
    }

    private void host() {
        refuse("6455-4.2.1-4", "no Host", GOOD.without("Host"), Statuses.BAD_REQUEST);
        refuse("6455-4.2.1-4", "two Hosts", GOOD.plus("Host", "{host}"), Statuses.BAD_REQUEST);
        refuse("6455-4.2.1-4", "empty Host", GOOD.with("Host", ""), Statuses.BAD_REQUEST);
        refuse("6455-4.2.1-4", "user name in Host", GOOD.with("Host", "user@{host}"), Statuses.BAD_REQUEST);
        refuse("6455-4.2.1-4", "path in Host", GOOD.with("Host", "{host}/x"), Statuses.BAD_REQUEST);
    }

    private void upgrade() {
        refuse("6455-4.2.1-5", "missing", GOOD.without("Upgrade"), Statuses.NOT_AN_UPGRADE);
        for (String value : List.of("websockets", "web socket", "h2c", "xwebsocket")) {
            refuse("6455-4.2.1-5", value, GOOD.with("Upgrade", value), Statuses.NOT_AN_UPGRADE);
        }
        refuse("6455-4.2.1-5", "empty", GOOD.with("Upgrade", ""), Statuses.NOT_AN_UPGRADE);
        refuse("6455-4.2.1-5", "quoted", GOOD.with("Upgrade", "\"websocket\""), Statuses.NOT_AN_UPGRADE);
        accept("6455-4.2.1-5", "two capitals", GOOD.with("Upgrade", "WebSocket"));
        accept("6455-4.2.1-5", "all capitals", GOOD.with("Upgrade", "WEBSOCKET"));
        accept("6455-4.2.1-5", "second of a list", GOOD.with("Upgrade", "foo, websocket"));
        accept("6455-4.2.1-5", "first of a list", GOOD.with("Upgrade", "websocket,foo/2"));
        accept("6455-4.2.1-5", "two lines", GOOD.with("Upgrade", "foo").plus("Upgrade", "websocket"));
        choose("6455-4.2.1-5", "websocket/13", GOOD.with("Upgrade", "websocket/13"));
    }

    private void connection() {
        refuse("6455-4.2.1-6", "missing", GOOD.without("Connection"), Statuses.NOT_AN_UPGRADE);
        for (String value : List.of("close", "keep-alive", "Upgraded")) {
            refuse("6455-4.2.1-6", value, GOOD.with("Connection", value), Statuses.NOT_AN_UPGRADE);
        }
        refuse("6455-4.2.1-6", "empty", GOOD.with("Connection", ""), Statuses.NOT_AN_UPGRADE);
        refuse("6455-4.2.1-6", "quoted", GOOD.with("Connection", "\"Upgrade\""), Statuses.NOT_AN_UPGRADE);
        refuse("6455-4.2.1-6", "no comma", GOOD.with("Connection", "keep-alive Upgrade"), Statuses.NOT_AN_UPGRADE);
        accept("6455-4.2.1-6", "lower case", GOOD.with("Connection", "upgrade"));
        accept("6455-4.2.1-6", "capitals", GOOD.with("Connection", "UPGRADE"));
        accept("6455-4.2.1-6", "last of a list", GOOD.with("Connection", "keep-alive, Upgrade"));
        accept("6455-4.2.1-6", "first of a list", GOOD.with("Connection", "Upgrade,keep-alive"));
        accept("6455-4.2.1-6", "empty elements of a list", GOOD.with("Connection", ",, Upgrade"));
        RequestSpec twoLines = GOOD.with("Connection", "keep-alive").plus("Connection", "Upgrade");
        accept("6455-4.2.1-6", "two lines", twoLines);
    }

    private void headers() {
        Fields fields = GOOD.fields();
        accept("6455-4.2.1-9", "reverse order", GOOD.withFields(fields.reversed()));
        accept("6455-4.2.1-9", "names in capitals", GOOD.withFields(fields.shouting()));
        RequestSpec many = GOOD;
        for (int i = 0; i < 50; i++) {
            many = many.plus("X-Unknown-" + i, "value " + i);
        }
        accept("6455-4.2.1-9", "50 unknown headers", many);
        accept("6455-4.2.1-9", "a header of 4000 bytes", GOOD.plus("X-Long", "x".repeat(4000)));
        accept(
                "6455-4.2.1-9",
                "no space behind the colon",
                GOOD.with("Upgrade", "websocket").plus("X-Empty", ""));
        choose("6455-4.2.1-9", "a folded line", GOOD.plus("X-Folded", "one\r\n two"));
        refuse("6455-10.7-1", "a header name with a space", GOOD.plus("X Y", "z"), Statuses.BAD_REQUEST);
        refuse(
                "6455-10.7-1",
                "a header line without a colon",
                GOOD.plus("X-Line\r\nnonsense", ""),
                Statuses.BAD_REQUEST);
        choose("6455-4.2.1-10", "Content-Length 0", GOOD.plus("Content-Length", "0"));
        Opening wrongVersion = Opening.CORRECT
                .with(GOOD.with("Sec-WebSocket-Version", "12"))
                .behind(Frame.text(Plays.LATE), Frame.ping(Plays.LATE));
        add("6455-4.2-2", "frames behind a wrong version", new Play.Refusal(wrongVersion, Statuses.BAD_REQUEST));
        Opening noKey = wrongVersion.with(GOOD.without("Sec-WebSocket-Key"));
        add("6455-4.2-2", "frames behind a missing key", new Play.Refusal(noKey, Statuses.BAD_REQUEST));
    }

    private void accept(String requirement, String what, RequestSpec request) {
        add(requirement, what, accepted(request));
    }

    private void refuse(String requirement, String what, RequestSpec request, Statuses statuses) {
        rows.add(Scenario.of(Names.id(requirement, what), what, refused(request, statuses))
                .also("6455-10.7-1"));
    }

    private void choose(String requirement, String what, RequestSpec request) {
        rows.add(Scenario.of(Names.id(requirement, what), what, either(request)).at(Level.INFO));
    }

    private void add(String requirement, String what, Play play) {
        rows.add(Scenario.of(Names.id(requirement, what), what, play));
    }
}
