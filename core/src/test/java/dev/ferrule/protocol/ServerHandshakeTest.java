package dev.ferrule.protocol;

import static dev.ferrule.protocol.Requests.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeTest {
    private static final Headers NONE = Headers.empty();

    @Test
    void the_sample_request_is_valid() {
        ServerHandshake.Valid valid = sample().target("/chat?room=1").valid();

        assertEquals(Requests.KEY, valid.key());
        assertEquals("server.example.com", valid.authority());
        assertEquals("/chat", valid.path());
        assertEquals("room=1", valid.query());
        assertNull(valid.origin());
        assertEquals(List.of(), valid.subprotocols());
        assertEquals(List.of(), valid.extensions());
    }

    @Test
    void accepting_it_writes_exactly_these_bytes() {
        Headers extra = Headers.builder().add("Set-Cookie", "a=b").build();

        OpeningResponse response = ServerHandshake.accept(
                sample().with("Sec-WebSocket-Protocol", "chat, superchat")
                        .with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
                        .valid(),
                "superchat",
                Extension.parse(List.of("permessage-deflate; server_max_window_bits=10")),
                extra);

        assertArrayEquals(
                String.join(
                                "\r\n",
                                "HTTP/1.1 101 Switching Protocols",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                                "Sec-WebSocket-Protocol: superchat",
                                "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10",
                                "Set-Cookie: a=b",
                                "",
                                "")
                        .getBytes(StandardCharsets.ISO_8859_1),
                response.toBytes());
    }

    @Test
    void accepting_without_subprotocol_and_extensions_leaves_their_headers_out() {
        Headers headers = ServerHandshake.accept(
                        sample().with("Sec-WebSocket-Protocol", "chat").valid(), null, List.of(), NONE)
                .headers();

        assertEquals(3, headers.size());
        assertEquals(List.of(Requests.ACCEPT), headers.all("Sec-WebSocket-Accept"));
        assertFalse(headers.contains("Content-Length") || headers.contains("Transfer-Encoding"));
    }

    @Test
    void a_subprotocol_is_chosen_only_from_the_offered_ones_exactly_as_spelled() {
        ServerHandshake.Valid valid =
                sample().with("Sec-WebSocket-Protocol", "chat").valid();

        for (String other : List.of("Chat", "superchat", "", "chat ")) {
            assertThrows(
                    IllegalArgumentException.class, () -> ServerHandshake.accept(valid, other, List.of(), NONE), other);
        }
    }

    @Test
    void an_extension_is_accepted_only_if_offered() {
        ServerHandshake.Valid valid =
                sample().with("Sec-WebSocket-Extensions", "foo; bar=1").valid();

        List<Extension> other = List.of(new Extension("bar", List.of()));
        assertThrows(IllegalArgumentException.class, () -> ServerHandshake.accept(valid, null, other, NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade",
                "CONNECTION",
                "Sec-WebSocket-Accept",
                "sec-websocket-anything",
                "Content-Length",
                "transfer-encoding"
            })
    void an_extra_header_never_speaks_for_the_handshake(String name) {
        ServerHandshake.Valid valid = sample().valid();
        Headers extra = Headers.builder().add(name, "1").build();

        assertThrows(IllegalArgumentException.class, () -> ServerHandshake.accept(valid, null, List.of(), extra));
    }

    @Test
    void subprotocols_may_be_spread_over_lines() {
        assertEquals(
                List.of("chat", "superchat", "Chat"),
                sample().with("Sec-WebSocket-Protocol", "chat", " superchat ,Chat")
                        .valid()
                        .subprotocols());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ",", ", ,", "a b", "(x)", "a, a", "a|b,a", "caf\u00e9", "\u0080", "\"a\"", "a;b", "a/b"
            })
    void malformed_subprotocols_are_400(String lines) {
        assertEquals(
                400,
                sample().with("Sec-WebSocket-Protocol", lines.split("\\|", -1))
                        .refused()
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "permessage-deflate; ;=", "permessage-deflate;", "foo; bar=\"x", "foo; bar=\"a b\""})
    void malformed_extensions_are_400(String line) {
        assertEquals(
                400, sample().with("Sec-WebSocket-Extensions", line).refused().status());
    }

    @Test
    void an_unknown_extension_is_offered_and_nothing_more() {
        assertEquals(
                List.of("foo; bar=1"),
                sample().with("Sec-WebSocket-Extensions", "foo;bar=\"1\"").valid().extensions().stream()
                        .map(Extension::toString)
                        .toList());
    }

    @Test
    void an_origin_is_reported_and_two_are_403() {
        assertEquals(
                "https://a.example",
                sample().with("Origin", " https://a.example ").valid().origin());
        assertEquals(
                403,
                sample().with("Origin", "https://a.example", "https://a.example")
                        .refused()
                        .status());
    }

    @ParameterizedTest
    @CsvSource({
        "'X Y',v",
        "'',v",
        "'Host ',v",
        "X,'a\rb'",
        "X,'a\nb'",
        "X,'a\0b'",
        "X,'\r'",
        "X,'\n'",
        "X,'\0'",
        "X:Y,v",
        "'X\r\nY',v"
    })
    void a_field_that_could_be_read_as_another_one_is_400(String name, String value) {
        assertEquals(400, sample().with(name, value).refused().status());
    }

    @Test
    void the_first_broken_rule_decides() {
        Requests request = sample().without("Sec-WebSocket-Key");
        assertEquals(400, request.refused().status());
        assertEquals(426, request.without("Sec-WebSocket-Version").refused().status());
        assertEquals(400, request.without("Connection").refused().status());
        assertEquals(426, request.without("Upgrade").refused().status());
        assertEquals(400, request.without("Host").refused().status());
        assertEquals(505, request.httpVersion("HTTP/1.0").refused().status());
        assertEquals(405, request.method("POST").refused().status());
    }

    @Test
    void reasons_are_one_short_line_whatever_was_sent() {
        String nasty = "a\u001b[31m\u0085\u2028" + "x".repeat(10_000);

        for (ServerHandshake.Refused refused : List.of(
                sample().method("G\r\nET" + nasty).refused(),
                sample().httpVersion(nasty).refused(),
                sample().target(nasty).refused(),
                sample().set("Host", nasty).refused(),
                sample().set("Upgrade", nasty).refused(),
                sample().set("Connection", nasty).refused(),
                sample().set("Sec-WebSocket-Version", nasty).refused(),
                sample().set("Sec-WebSocket-Key", nasty).refused(),
                sample().with("Sec-WebSocket-Protocol", nasty).refused(),
                sample().with("Sec-WebSocket-Extensions", nasty).refused(),
                sample().with(nasty, "v").refused())) {
            assertTrue(refused.reason().length() < 200, refused.reason());
            assertTrue(refused.reason().chars().allMatch(c -> c >= ' ' && c < 0x7F), refused.reason());
            assertTrue(refused.reason().matches(".*\\(RFC [0-9]+ section [0-9.]+\\)"), refused.reason());
        }
    }

    @Test
    void nothing_prints_a_query_or_the_value_of_a_header() {
        ServerHandshake.Valid valid =
                sample().target("/chat?token=secret").with("Cookie", "secret").valid();

        assertFalse(valid.toString().contains("secret"));
        assertTrue(valid.toString().contains("/chat?"));
        assertTrue(valid.toString().contains("Cookie"));
    }
}
