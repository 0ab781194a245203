package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUriTest {
    @ParameterizedTest
    @CsvSource({
        "ws://h,false,h,80,/,h",
        "wss://h,true,h,443,/,h",
        "WS://H.Example/A,false,h.example,80,/A,h.example",
        "ws://h:80/,false,h,80,/,h",
        "wss://h:443/,true,h,443,/,h",
        "ws://h:443/,false,h,443,/,h:443",
        "wss://h:80/,true,h,80,/,h:80",
        "ws://h:,false,h,80,/,h",
        "ws://h:65535,false,h,65535,/,h:65535",
        "ws://h:00081,false,h,81,/,h:81",
        "ws://h?x=1,false,h,80,/?x=1,h",
        "ws://h:9?,false,h,9,/?,h:9",
        "ws://h/a%20b?c=d&e=%2F?/,false,h,80,/a%20b?c=d&e=%2F?/,h",
        "ws://h//a/../b;c,false,h,80,//a/../b;c,h",
        "ws://[::1]/,false,::1,80,/,[::1]",
        "ws://[2001:DB8::A]:8080,false,2001:db8::a,8080,/,[2001:db8::a]:8080",
        "ws://127.0.0.1:1/,false,127.0.0.1,1,/,127.0.0.1:1"
    })
    void parts_are_normalised(
            String text, boolean secure, String host, int port, String resourceName, String authority) {
        WebSocketUri uri = WebSocketUri.parse(text);

        assertEquals(new WebSocketUri(secure, host, port, resourceName), uri);
        assertEquals(authority, uri.authority());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "h",
                "/a",
                "http://h/",
                "https://h/",
                "ws:h",
                "ws:/h",
                "ws//h",
                " ws://h",
                "ws://h ",
                "ws://",
                "ws:///a",
                "ws://?q",
                "ws://:80/",
                "ws://h#",
                "ws://h/#f",
                "ws://h/?q#f",
                "ws://u@h/",
                "ws://u:p@h/",
                "ws://h:0/",
                "ws://h:65536/",
                "ws://h:x/",
                "ws://h:-1",
                "ws://h:80:80",
                "ws://::1/",
                "ws://[::1",
                "ws://[::1]a",
                "ws://[]",
                "ws://[v1.x]/",
                "ws://a b/",
                "ws://h/a b",
                "ws://h/\u00e9",
                "ws://\u00e9/",
                "ws://h/%",
                "ws://h/%g1",
                "ws://h/\r\nX: y",
                "ws://h\r\nX: y/",
                "ws://h/a|b",
                "ws://h\\a",
                "ws://*/",
                "w\u017f://h"
            })
    void anything_else_is_refused(String text) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> WebSocketUri.parse(text));

        assertTrue(
                String.valueOf(thrown.getMessage()).matches("[ -~]*\\(RFC [0-9]+ section [0-9.]+\\)"),
                thrown.getMessage());
    }

    @Test
    void no_message_and_no_print_shows_a_secret() {
        for (String text :
                new String[] {"http://h/?secret", "ws://u:secret@h/", "ws://h/?secret#f", "ws://h/?secret%"}) {
            IllegalArgumentException thrown =
                    assertThrows(IllegalArgumentException.class, () -> WebSocketUri.parse(text));
            assertFalse(String.valueOf(thrown.getMessage()).contains("secret"), thrown.getMessage());
        }
        assertEquals("wss://h:1/a?", WebSocketUri.parse("wss://h:1/a?secret").toString());
    }

    @Test
    void parts_are_checked_however_they_come() {
        assertThrows(IllegalArgumentException.class, () -> new WebSocketUri(true, "a b", 1, "/"));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketUri(true, "[::1]", 1, "/"));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketUri(true, "h", 0, "/"));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketUri(true, "h", 1, ""));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketUri(true, "h", 1, "/ HTTP/1.1\r\nX: y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1::8",
                "::ffff:1.2.3.4",
                "1:2:3:4:5:6:1.2.3.4",
                "FE80::a0B",
                "::255.255.255.255",
                "::0.10.100.249",
                "1:2:3:4:5::1.2.3.4"
            })
    void these_are_ipv6_addresses(String text) {
        assertTrue(Authority.isIpv6(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
                        "1::2::3", "12345::",
                "g::", "1:", ":1", "1.2.3.4", "::1.2.3", "::1.2.3.4.5", "::256.1.1.1", "::01.1.1.1", "::1.2.3.4:5",
                        "::1.2.3.",
                "::1..2.3", "1:2:3:4:5:6:7:1.2.3.4", "::a.1.1.1", "fe80::1%eth0", "::1 ", "1::2:"
            })
    void these_are_none(String text) {
        assertFalse(Authority.isIpv6(text));
    }
}
