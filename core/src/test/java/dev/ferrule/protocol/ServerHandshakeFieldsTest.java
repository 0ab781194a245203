package dev.ferrule.protocol;

import static dev.ferrule.protocol.Requests.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeFieldsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WebSocket",
                "WEBSOCKET",
                "foo, websocket",
                "websocket,foo/2",
                ",, websocket ,",
                "h2c , websocket",
                "\twebsocket\t",
                "foo|websocket"
            })
    void upgrade_has_websocket_in_any_case_and_place(String lines) {
        sample().set("Upgrade", lines.split("\\|", -1)).valid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "", ",", "websockets", "websocket/13", "web socket", "foo|bar", "webſocket", "h2c"})
    void any_other_upgrade_is_4xx_and_names_websocket(String lines) {
        Requests request =
                lines.equals("-") ? sample().without("Upgrade") : sample().set("Upgrade", lines.split("\\|", -1));

        ServerHandshake.Refused refused = request.refused();

        if (lines.contains(" ") || lines.contains("ſ")) {
            assertEquals(400, refused.status());
        } else {
            assertEquals(426, refused.status());
            assertEquals("websocket", refused.headers().first("Upgrade"));
            assertEquals("Upgrade", refused.headers().first("Connection"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"websocket\"", "websocket, a b", "websocket, /", "websocket, a/", "websocket, a/b/c", "(x)"})
    void an_upgrade_that_breaks_the_grammar_is_400(String upgrade) {
        assertEquals(400, sample().set("Upgrade", upgrade).refused().status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upgrade",
                "UPGRADE",
                "keep-alive, Upgrade",
                "keep-alive|Upgrade",
                "Upgrade ,",
                ",,Upgrade",
                "close, upgrade"
            })
    void connection_has_the_option_upgrade_in_any_case_and_place(String lines) {
        sample().set("Connection", lines.split("\\|", -1)).valid();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "",
                ",",
                "close",
                "Upgraded",
                "keep-alive",
                "\"Upgrade\"",
                "\"a, Upgrade, b\"",
                "Upgrade;",
                "Up grade",
                "Upgrade, (x)"
            })
    void any_other_connection_is_400(String lines) {
        Requests request = lines.equals("-") ? sample().without("Connection") : sample().set("Connection", lines);

        assertEquals(400, request.refused().status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "",
                "0",
                "7",
                "8",
                "12",
                "14",
                "255",
                "256",
                "013",
                "13.0",
                "abc",
                "+13",
                "13, 8",
                "13,13",
                "1 3",
                "\"13\"",
                "\u0661\u0663"
            })
    void any_version_but_13_is_426_and_tells_the_supported_one(String version) {
        Requests request = version.equals("-")
                ? sample().without("Sec-WebSocket-Version")
                : sample().set("Sec-WebSocket-Version", version);

        ServerHandshake.Refused refused = request.refused();

        assertEquals(426, refused.status());
        assertEquals(List.of("13"), refused.headers().all("Sec-WebSocket-Version"));
        assertEquals("websocket", refused.headers().first("Upgrade"));
    }

    @ParameterizedTest
    @CsvSource({"13,13", "13,8", "8,13", "'',13"})
    void two_versions_are_400_and_tell_the_supported_one(String first, String second) {
        ServerHandshake.Refused refused =
                sample().set("Sec-WebSocket-Version", first, second).refused();

        assertEquals(400, refused.status());
        assertEquals(List.of("13"), refused.headers().all("Sec-WebSocket-Version"));
    }

    @Test
    void whitespace_around_version_and_key_is_not_part_of_them() {
        ServerHandshake.Valid valid = sample().set("Sec-WebSocket-Version", " 13\t")
                .set("Sec-WebSocket-Key", "\t " + Requests.KEY + "  ")
                .valid();

        assertEquals(Requests.KEY, valid.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAA",
                "!!!!!!!!!!!!!!!!!!!!!!==",
                "AAAAAAAAAA-_AAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAA===",
                "AAAAAAAAAAA AAAAAAAAAA==",
                "AAAAAAAAAAA\tAAAAAAAAAA==",
                "========================",
                "AAAAAAAAAA==AAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAAAA==,AAAAAAAAAAAAAAAAAAAAAA==",
                "=",
                "\"AAAAAAAAAAAAAAAAAAAA\"",
                "AAAAAAAAAAAAAAAAAAAA\u00e9A=="
            })
    void a_key_that_is_not_16_bytes_of_base64_is_400(String key) {
        assertEquals(400, sample().set("Sec-WebSocket-Key", key).refused().status());
    }

    @Test
    void the_key_is_there_exactly_once() {
        assertEquals(400, sample().without("Sec-WebSocket-Key").refused().status());
        assertEquals(
                400, sample().with("Sec-WebSocket-Key", Requests.KEY).refused().status());
        assertEquals(
                400,
                sample().with("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA==")
                        .refused()
                        .status());
    }

    @Test
    void pad_bits_that_are_not_zero_are_accepted_as_in_erratum_3150() {
        sample().set("Sec-WebSocket-Key", "AQIDBAUGBwgJCgsMDQ4PEC==").valid();
    }

    @Test
    void the_error_of_a_short_key_says_what_was_seen_the_limit_and_the_section() {
        assertEquals(
                "Sec-WebSocket-Key is 15 bytes when decoded, not 16 (RFC 6455 section 4.2.1)",
                sample().set("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAA")
                        .refused()
                        .reason());
    }
}
