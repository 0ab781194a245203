package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;

/** The request of RFC 6455 section 1.3 as a list of fields to change, for tests of both roles. */
final class Requests {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    final List<Header> fields = new ArrayList<>();
    String method = "GET";
    String httpVersion = "HTTP/1.1";
    String target = "/chat";

    private Requests() {}

    static Requests sample() {
        return new Requests()
                .with("Host", "server.example.com")
                .with("Upgrade", "websocket")
                .with("Connection", "Upgrade")
                .with("Sec-WebSocket-Key", KEY)
                .with("Sec-WebSocket-Version", "13");
    }

    Requests with(String name, String... values) {
        for (String value : values) {
            fields.add(new Header(name, value));
        }
        return this;
    }

    Requests without(String name) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
        return this;
    }

    /** Exactly these lines of the field, behind all others. */
    Requests set(String name, String... values) {
        return without(name).with(name, values);
    }

    Requests method(String other) {
        method = other;
        return this;
    }

    Requests httpVersion(String other) {
        httpVersion = other;
        return this;
    }

    Requests target(String other) {
        target = other;
        return this;
    }

    OpeningRequest build() {
        return new OpeningRequest(method, httpVersion, target, Headers.received(fields));
    }

    ServerHandshake.Result check() {
        return ServerHandshake.check(build());
    }

    ServerHandshake.Valid valid() {
        return assertInstanceOf(ServerHandshake.Valid.class, check());
    }

    ServerHandshake.Refused refused() {
        return assertInstanceOf(ServerHandshake.Refused.class, check());
    }
}
