package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHandshakeResponseTest {
    private static final List<String> CHATS = List.of("chat", "superchat");
    private static final List<Extension> DEFLATE =
            Extension.parse(List.of("permessage-deflate; client_max_window_bits"));

    @Test
    void a_plain_101_is_accepted() {
        ClientHandshake.Accepted accepted = accepted(response());

        assertNull(accepted.subprotocol());
        assertEquals(List.of(), accepted.extensions());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 103, 200, 204, 301, 302, 307, 401, 403, 404, 426, 500, 0, 1010})
    void any_status_but_101_fails(int status) {
        String reason = failed(new OpeningResponse("HTTP/1.1", status, Headers.received(response())));

        assertEquals("status is " + status + ", not 101 (RFC 6455 section 4.1)", reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/2", ""})
    void a_101_of_another_version_of_http_fails(String version) {
        failed(new OpeningResponse(version, 101, Headers.received(response())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEBSOCKET", "WebSocket", " websocket\t", "websocket, websocket"})
    void upgrade_is_websocket_in_any_case(String upgrade) {
        accepted(set("Upgrade", upgrade));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "",
                "foo",
                "websockets",
                "websocket/13",
                "websocket, foo",
                "websocket|foo",
                "\"websocket\"",
                "webſocket"
            })
    void any_other_upgrade_fails(String lines) {
        failed(set("Upgrade", lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upgrade", "keep-alive, upgrade", "keep-alive|Upgrade", "UPGRADE,", "close, Upgrade"})
    void connection_may_be_a_list_with_upgrade_in_any_case(String lines) {
        accepted(set("Connection", lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "", "close", "keep-alive", "upgraded", "\"upgrade\"", "keep-alive upgrade"})
    void any_other_connection_fails(String lines) {
        failed(set("Connection", lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  " + Requests.ACCEPT + "\t ", "\t" + Requests.ACCEPT})
    void whitespace_around_accept_is_ignored(String accept) {
        accepted(set("Sec-WebSocket-Accept", accept));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "",
                "s3pPLMBiTxaQ9kYGzzhZRbK+xOo",
                "s3pplmbitxaq9kygzzhzrbk+xoo=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=|s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, x",
                "s3pPLMBiTxaQ 9kYGzzhZRbK+xOo=",
                "dGhlIHNhbXBsZSBub25jZQ=="
            })
    void any_other_accept_fails(String lines) {
        failed(set("Sec-WebSocket-Accept", lines));
    }

    @Test
    void the_accept_of_another_key_fails() {
        failed(set("Sec-WebSocket-Accept", HandshakeKey.accept("AAAAAAAAAAAAAAAAAAAAAA==")));
    }

    @Test
    void an_engine_that_keeps_the_key_has_checked_accept_and_all_else_is_checked_again() {
        List<Header> noAccept = set("Sec-WebSocket-Accept", "-");
        noAccept.add(new Header("Sec-WebSocket-Protocol", "unoffered"));

        assertInstanceOf(
                ClientHandshake.Accepted.class,
                ClientHandshake.check(
                        OpeningResponse.of(101, Headers.received(set("Sec-WebSocket-Accept", "-"))),
                        null,
                        CHATS,
                        List.of()));
        assertInstanceOf(
                ClientHandshake.Failed.class,
                ClientHandshake.check(OpeningResponse.of(101, Headers.received(noAccept)), null, CHATS, List.of()));
    }

    @Test
    void an_offered_subprotocol_is_accepted() {
        assertEquals(
                "superchat",
                accepted(set("Sec-WebSocket-Protocol", " superchat ")).subprotocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other", "Chat", "chat, superchat", "chat|superchat", "chat|chat", "chat|", "\"chat\""})
    void any_other_subprotocol_fails(String lines) {
        failed(set("Sec-WebSocket-Protocol", lines));
    }

    @Test
    void a_subprotocol_fails_if_none_was_offered() {
        Headers headers = Headers.received(set("Sec-WebSocket-Protocol", "chat"));

        assertInstanceOf(
                ClientHandshake.Failed.class,
                ClientHandshake.check(OpeningResponse.of(101, headers), Requests.KEY, List.of(), DEFLATE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"permessage-deflate", "permessage-deflate; server_max_window_bits=\"10\"", ",permessage-deflate"
            })
    void an_offered_extension_is_accepted(String line) {
        assertEquals(
                "permessage-deflate",
                accepted(set("Sec-WebSocket-Extensions", line))
                        .extensions()
                        .get(0)
                        .name());
    }

    @Test
    void extensions_may_be_spread_over_lines_as_in_erratum_3433() {
        List<Extension> offered = Extension.parse(List.of("a, b; x"));
        Headers headers = Headers.received(set("Sec-WebSocket-Extensions", "b|a"));

        assertEquals(
                new ClientHandshake.Accepted(null, Extension.parse(List.of("b, a"))),
                ClientHandshake.check(OpeningResponse.of(101, headers), Requests.KEY, List.of(), offered));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "", ",", "permessage-deflate;", "permessage-deflate; ;=", "permessage-deflate|foo"})
    void any_other_extension_fails(String lines) {
        failed(set("Sec-WebSocket-Extensions", lines));
    }

    @Test
    void an_extension_fails_if_none_was_offered() {
        Headers headers = Headers.received(set("Sec-WebSocket-Extensions", "permessage-deflate"));

        assertInstanceOf(
                ClientHandshake.Failed.class,
                ClientHandshake.check(OpeningResponse.of(101, headers), Requests.KEY, CHATS, List.of()));
    }

    @Test
    void unknown_headers_and_lengths_in_a_101_are_ignored() {
        List<Header> fields = response();
        fields.add(0, new Header("X-Unknown", "\u00e9"));
        fields.add(new Header("Content-Length", "0"));

        accepted(fields);
    }

    private static List<Header> response() {
        return set("X", "-");
    }

    /** A good response but for these lines of one field; a dash for none. */
    private static List<Header> set(String name, String lines) {
        List<Header> fields = new ArrayList<>(List.of(
                new Header("Upgrade", "websocket"),
                new Header("Connection", "Upgrade"),
                new Header("Sec-WebSocket-Accept", Requests.ACCEPT)));
        fields.removeIf(field -> field.name().equals(name));
        if (!lines.equals("-")) {
            for (String line : lines.split("\\|", -1)) {
                fields.add(new Header(name, line));
            }
        }
        return fields;
    }

    private static ClientHandshake.Accepted accepted(List<Header> fields) {
        return assertInstanceOf(
                ClientHandshake.Accepted.class, check(OpeningResponse.of(101, Headers.received(fields))));
    }

    private static void failed(List<Header> fields) {
        failed(OpeningResponse.of(101, Headers.received(fields)));
    }

    private static String failed(OpeningResponse response) {
        String reason =
                assertInstanceOf(ClientHandshake.Failed.class, check(response)).reason();
        assertTrue(reason.matches("[ -~]*\\(RFC [0-9]+ section [0-9.]+\\)"), reason);
        return reason;
    }

    private static ClientHandshake.Result check(OpeningResponse response) {
        return ClientHandshake.check(response, Requests.KEY, CHATS, DEFLATE);
    }
}
