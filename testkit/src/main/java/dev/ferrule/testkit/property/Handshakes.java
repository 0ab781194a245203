package dev.ferrule.testkit.property;

import dev.ferrule.testkit.wire.Field;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.ResponseSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Opening handshakes that are changed in ways that must not matter, and in one way that must. */
final class Handshakes {
    private static final List<UnaryOperator<Fields>> NEUTRAL = List.of(
            Fields::reversed,
            Fields::shouting,
            fields -> shuffled(fields, 1),
            fields -> shuffled(fields, 2),
            fields -> fields.plus("X-Unknown", "anything: at, all; \"even\" (this)"),
            fields -> fields.plus("X-Empty", ""),
            fields -> fields.plus("X-Twice", "1").plus("X-Twice", "2"),
            fields -> fields.with("Upgrade", "WebSocket"),
            fields -> fields.with("Upgrade", " \twebsocket  "),
            fields -> fields.with("Connection", "uPGRADE"),
            fields -> fields.with("Connection", "keep-alive , Upgrade"),
            fields -> fields.with("Connection", "Upgrade,,x"));

    private static final List<UnaryOperator<RequestSpec>> BREAKING_REQUEST = List.of(
            request -> request.without("Upgrade"),
            request -> request.without("Connection"),
            request -> request.without("Sec-WebSocket-Key"),
            request -> request.without("Sec-WebSocket-Version"),
            request -> request.without("Host"),
            request -> request.with("Upgrade", "websocket2"),
            request -> request.with("Upgrade", "web-socket"),
            request -> request.with("Connection", "Upgrades"),
            request -> request.with("Connection", "not-upgrade"),
            request -> request.with("Sec-WebSocket-Key", "c2hvcnQ="),
            request -> request.with("Sec-WebSocket-Key", "*{key}"),
            request -> request.plus("Sec-WebSocket-Key", "{key}"),
            request -> request.with("Sec-WebSocket-Version", "14"),
            request -> request.with("Sec-WebSocket-Version", "013"),
            request -> request.plus("Sec-WebSocket-Version", "13"),
            request -> request.plus("Host", "{host}"),
            request -> request.withMethod("POST").plus("Content-Length", "0"));

    private static final List<UnaryOperator<ResponseSpec>> BREAKING_RESPONSE = List.of(
            response -> response.without("Upgrade"),
            response -> response.without("Connection"),
            response -> response.without("Sec-WebSocket-Accept"),
            response -> response.with("Upgrade", "websocket2"),
            response -> response.with("Connection", "Upgrades"),
            response -> response.with("Connection", "close"),
            response -> response.with("Sec-WebSocket-Accept", "{accept-cut}"),
            response -> response.with("Sec-WebSocket-Accept", "{accept-lower}"),
            response -> response.with("Sec-WebSocket-Accept", "A{accept}"),
            response -> response.plus("Sec-WebSocket-Protocol", "nobody.offered.this"),
            response -> response.plus("Sec-WebSocket-Extensions", "nobody-offered-this"),
            response -> response.plus("Content-Length", "0").withStatusLine("HTTP/1.1 200 OK"),
            response -> response.plus("Content-Length", "0").withStatusLine("HTTP/1.1 404 Not Found"));

    private Handshakes() {}

    /** Requests that must be accepted. */
    static Arbitrary<RequestSpec> goodRequests() {
        return neutral().map(changes -> RequestSpec.CORRECT.withFields(changed(RequestSpec.CORRECT.fields(), changes)));
    }

    /** Requests that must be refused. */
    static Arbitrary<RequestSpec> badRequests() {
        // What is broken last stays broken; a line that is there twice must not be made one again.
        return Combinators.combine(goodRequests(), Arbitraries.of(BREAKING_REQUEST))
                .as((request, change) -> change.apply(request));
    }

    /** Answers that must be accepted. */
    static Arbitrary<ResponseSpec> goodResponses() {
        return neutral()
                .map(changes -> new ResponseSpec(
                        ResponseSpec.CORRECT.statusLine(), changed(ResponseSpec.CORRECT.fields(), changes), ""));
    }

    /** Answers that must be refused. */
    static Arbitrary<ResponseSpec> badResponses() {
        return Combinators.combine(goodResponses(), Arbitraries.of(BREAKING_RESPONSE))
                .as((response, change) -> change.apply(response));
    }

    private static Arbitrary<List<UnaryOperator<Fields>>> neutral() {
        return Arbitraries.of(NEUTRAL).list().ofMaxSize(4);
    }

    private static Fields changed(Fields fields, List<UnaryOperator<Fields>> changes) {
        Fields result = fields;
        for (UnaryOperator<Fields> change : changes) {
            result = change.apply(result);
        }
        return result;
    }

    private static Fields shuffled(Fields fields, long seed) {
        List<Field> lines = new ArrayList<>(fields.lines());
        Collections.shuffle(lines, new Random(seed));
        return new Fields(lines);
    }
}
