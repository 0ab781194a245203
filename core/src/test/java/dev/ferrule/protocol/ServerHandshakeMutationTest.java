package dev.ferrule.protocol;

import static dev.ferrule.protocol.Requests.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ServerHandshakeMutationTest {
    private static final int ROUNDS = 2_000;

    private static final List<UnaryOperator<Requests>> BREAKING = List.of(
            r -> r.method("POST"),
            r -> r.httpVersion("HTTP/1.0"),
            r -> r.target("chat"),
            r -> r.target(r.target + "#f"),
            r -> r.without("Host"),
            r -> r.with("Host", "second.example"),
            r -> r.set("Host", "user@h"),
            r -> r.without("Upgrade"),
            r -> r.set("Upgrade", "websockets"),
            r -> r.without("Connection"),
            r -> r.set("Connection", "keep-alive"),
            r -> r.without("Sec-WebSocket-Version"),
            r -> r.set("Sec-WebSocket-Version", "8"),
            r -> r.with("Sec-WebSocket-Version", "13"),
            r -> r.without("Sec-WebSocket-Key"),
            r -> r.with("Sec-WebSocket-Key", Requests.KEY),
            r -> r.set("Sec-WebSocket-Key", "AAAA"),
            r -> r.with("Content-Length", "5"),
            r -> r.with("Transfer-Encoding", "chunked"),
            r -> r.with("Sec-WebSocket-Protocol", "(x)"),
            r -> r.with("Sec-WebSocket-Extensions", ";"),
            r -> r.with("X-Injected", "a\r\nb"),
            r -> r.with("Origin", "https://a.example", "https://b.example"));

    @Test
    void order_case_whitespace_and_unknown_headers_change_nothing() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            ServerHandshake.Valid valid = assertInstanceOf(
                    ServerHandshake.Valid.class, neutral(new Random(seed)).check(), "seed " + seed);

            assertEquals(Requests.KEY, valid.key(), "seed " + seed);
            assertEquals(List.of("chat", "v2.chat"), valid.subprotocols(), "seed " + seed);
            assertEquals("permessage-deflate; a=1, foo", Extension.format(valid.extensions()), "seed " + seed);
        }
    }

    @Test
    void each_breaking_change_is_refused_whatever_else_changes() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            int breaking = random.nextInt(BREAKING.size());
            Requests request = BREAKING.get(breaking).apply(neutral(random));
            Collections.shuffle(request.fields, random);

            ServerHandshake.Refused refused = assertInstanceOf(
                    ServerHandshake.Refused.class, request.check(), "seed " + seed + ", change " + breaking);

            assertTrue(refused.status() >= 400 && refused.status() <= 505, "seed " + seed);
        }
    }

    @Test
    void junk_in_any_place_gets_an_answer_and_never_an_exception() {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS * 4; i++) {
            Requests request = neutral(random);
            int at = random.nextInt(request.fields.size());
            Header field = request.fields.get(at);
            request.fields.set(
                    at,
                    random.nextBoolean()
                            ? new Header(field.name(), junk(random, field.value()))
                            : new Header(junk(random, field.name()), field.value()));
            if (random.nextInt(4) == 0) {
                request.target(junk(random, request.target));
            }

            if (request.check() instanceof ServerHandshake.Valid valid) {
                ServerHandshake.accept(valid, null, List.of(), Headers.empty()).toBytes();
            }
        }
    }

    /** Far more than a head may have: what takes time by the square of the length doesn't end before JUnit's timeout. */
    @Test
    void heads_of_a_megabyte_are_checked_in_linear_time() {
        List<Requests> heads = List.of(
                sample().with("X", "y".repeat(1 << 20)),
                sample().with("A", Collections.nCopies(1 << 18, "").toArray(String[]::new)),
                sample().set("Connection", ",".repeat(1 << 20) + "Upgrade"),
                sample().set("Upgrade", "a,".repeat(1 << 19) + "websocket"),
                sample().set(
                                "Connection",
                                Collections.nCopies(1 << 17, "Upgrade").toArray(String[]::new)),
                sample().set("Sec-WebSocket-Key", "A".repeat(1 << 20)),
                sample().set("Sec-WebSocket-Key", "=".repeat(1 << 20)),
                sample().set("Sec-WebSocket-Version", " ".repeat(1 << 20) + "x"),
                sample().with("Sec-WebSocket-Protocol", distinctTokens(1 << 17)),
                sample().with("Sec-WebSocket-Extensions", "a;".repeat(1 << 19)),
                sample().with("Sec-WebSocket-Extensions", "a" + ";b=\"\\c\"".repeat(1 << 17)),
                sample().with("Sec-WebSocket-Extensions", "a" + " ".repeat(1 << 20) + "b"),
                sample().set("Host", "1:".repeat(1 << 19)),
                sample().set("Host", "[" + "1:".repeat(1 << 19) + "]"),
                sample().target("/" + "%41".repeat(1 << 18)),
                sample().with("Content-Length", "0".repeat(1 << 20)));
        for (Requests head : heads) {
            assertNotNull(ServerHandshake.check(head.build()));
        }
    }

    private static Requests neutral(Random random) {
        Requests request = sample();
        boolean oneLine = random.nextBoolean();
        request.with(
                "Sec-WebSocket-Protocol", oneLine ? new String[] {"chat, v2.chat"} : new String[] {"chat", "v2.chat"});
        request.with(
                "Sec-WebSocket-Extensions",
                oneLine
                        ? new String[] {"permessage-deflate ; a = \"1\" , foo"}
                        : new String[] {"permessage-deflate;a=1", "foo,"});
        if (random.nextBoolean()) {
            request.set("Connection", "keep-alive", "a ,uPGRADE,, ").set("Upgrade", "foo/1, WebSocket");
        }
        if (random.nextBoolean()) {
            request.with("Content-Length", "0").with("Origin", "https://server.example.com");
        }
        // Lines of one field keep their order among each other, so only whole fields are moved.
        List<Header> unknown = new ArrayList<>();
        for (int i = random.nextInt(50); i > 0; i--) {
            unknown.add(new Header("X-Unknown-" + i, "value \u00e9 " + i));
        }
        for (Header field : unknown) {
            request.fields.add(random.nextInt(request.fields.size() + 1), field);
        }
        if (oneLine) {
            Collections.shuffle(request.fields, random);
        }
        request.fields.replaceAll(
                field -> new Header(anyCase(random, field.name()), ows(random) + field.value() + ows(random)));
        return request;
    }

    private static String anyCase(Random random, String name) {
        return switch (random.nextInt(3)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }

    private static String ows(Random random) {
        return List.of("", " ", "\t", " \t ").get(random.nextInt(4));
    }

    private static String junk(Random random, String text) {
        char c = ",;=\"\\ \t/:%[]#?@A\0\r\n\u007f\u0080\u017f\u212a".charAt(random.nextInt(23));
        int at = random.nextInt(text.length() + 1);
        return random.nextBoolean() && !text.isEmpty()
                ? text.substring(0, Math.min(at, text.length() - 1))
                        + text.substring(Math.min(at, text.length() - 1) + 1)
                : text.substring(0, at) + c + text.substring(at);
    }

    private static String distinctTokens(int count) {
        StringBuilder tokens = new StringBuilder();
        for (int i = 0; i < count; i++) {
            tokens.append(i == 0 ? "" : ",").append("p").append(i);
        }
        return tokens.toString();
    }
}
