package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHandshakeRequestTest {
    private static final WebSocketUri URI = WebSocketUri.parse("ws://server.example.com:8080/chat?room=1");
    private static final List<String> CHATS = List.of("chat", "superchat");
    private static final List<Extension> DEFLATE =
            Extension.parse(List.of("permessage-deflate; client_max_window_bits"));

    @Test
    void the_request_is_exactly_these_bytes() {
        Headers extra = Headers.builder()
                .add("Origin", "http://example.com")
                .add("Cookie", "a=b")
                .build();

        OpeningRequest request = ClientHandshake.request(URI, Requests.KEY, CHATS, DEFLATE, extra);

        assertArrayEquals(
                String.join(
                                "\r\n",
                                "GET /chat?room=1 HTTP/1.1",
                                "Host: server.example.com:8080",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Protocol: chat, superchat",
                                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
                                "Origin: http://example.com",
                                "Cookie: a=b",
                                "",
                                "")
                        .getBytes(StandardCharsets.ISO_8859_1),
                request.toBytes());
    }

    @Test
    void our_server_takes_our_request_and_our_client_its_response() {
        OpeningRequest request = ClientHandshake.request(URI, Requests.KEY, CHATS, DEFLATE, Headers.empty());
        ServerHandshake.Valid valid = assertInstanceOf(ServerHandshake.Valid.class, ServerHandshake.check(request));

        OpeningResponse response = ServerHandshake.accept(valid, "superchat", DEFLATE, Headers.empty());

        assertEquals(
                new ClientHandshake.Accepted("superchat", DEFLATE),
                ClientHandshake.check(response, Requests.KEY, CHATS, DEFLATE));
    }

    @Test
    void subprotocols_are_unique_tokens() {
        for (List<String> names :
                List.of(List.of(""), List.of("a", "a"), List.of("a b"), List.of("a,b"), List.of("é"))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ClientHandshake.request(URI, Requests.KEY, names, List.of(), Headers.empty()),
                    names.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "dGhlIHNhbXBsZSBub25jZQ==\r\nX: y", "not base64 at all"})
    void the_key_is_16_bytes(String key) {
        assertThrows(
                IllegalArgumentException.class,
                () -> ClientHandshake.request(URI, key, List.of(), List.of(), Headers.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "upgrade",
                "Connection",
                "Sec-WebSocket-Key",
                "SEC-WEBSOCKET-VERSION",
                "Content-Length",
                "TE"
            })
    void an_extra_header_never_speaks_for_the_handshake(String name) {
        Headers extra = Headers.builder().add(name, "1").build();

        assertThrows(
                IllegalArgumentException.class,
                () -> ClientHandshake.request(URI, Requests.KEY, List.of(), List.of(), extra));
    }

    @Test
    void nothing_that_could_inject_a_line_is_sent() {
        Headers received = Headers.received(List.of(new Header("X", "a\r\nY: b")));
        assertThrows(
                IllegalArgumentException.class,
                () -> ClientHandshake.request(URI, Requests.KEY, List.of(), List.of(), received));
        assertThrows(
                IllegalArgumentException.class,
                () -> OpeningResponse.of(400, received).toBytes());
        for (OpeningRequest bad : List.of(
                new OpeningRequest("GET / HTTP/1.1\r\nX:", "HTTP/1.1", "/", Headers.empty()),
                new OpeningRequest("GET", "HTTP/1.1\r\nX: y", "/", Headers.empty()),
                new OpeningRequest("GET", "HTTP/1.1", "/ HTTP/1.1\r\nX: y", Headers.empty()),
                new OpeningRequest("GET", "HTTP/1.1", "/", received))) {
            assertThrows(IllegalArgumentException.class, bad::toBytes, bad.toString());
        }
    }

    @Test
    void two_origins_are_refused() {
        Headers extra = Headers.builder()
                .add("Origin", "https://a.example")
                .add("origin", "https://a.example")
                .build();

        assertThrows(
                IllegalArgumentException.class,
                () -> ClientHandshake.request(URI, Requests.KEY, List.of(), List.of(), extra));
    }
}
