package dev.ferrule.protocol;

import static dev.ferrule.protocol.Requests.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {
    @ParameterizedTest
    @CsvSource({
        "https://good,good,true",
        "https://good:443,good,true",
        "https://good,good:443,true",
        "HTTPS://GOOD,good,true",
        "https://good,GOOD,true",
        "https://good:8443,good:8443,true",
        "http://good,good,false",
        "http://good:80,good,false",
        "http://[::1]:8080,[::1]:8080,false",
        "http://127.0.0.1:9,127.0.0.1:9,false"
    })
    void the_same_origin_passes(String origin, String host, boolean secure) {
        assertNull(OriginRule.sameOrigin().check(request(origin, host), secure));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil",
                "https://good.evil",
                "https://evilgood",
                "http://good",
                "https://good:8443",
                "https://good:80",
                "https://good.",
                "https://user@good",
                "https://good@evil",
                "https://good/",
                "https://good/path",
                "https://good?q",
                "https://good#f",
                "https://*",
                "wss://good",
                "null",
                "NULL",
                "",
                "good",
                "//good",
                "https:good",
                "https://",
                "https://good https://good",
                "https://good, https://good",
                "https://good https://evil",
                "chrome-extension://good",
                "https://go\u00f6d",
                "https://xn--good",
                "https://good\u0000",
                "file://",
                "about:blank",
                "*"
            })
    void any_other_origin_is_403(String origin) {
        for (OriginRule rule : List.of(OriginRule.sameOrigin(), OriginRule.allow(List.of("https://good")))) {
            ServerHandshake.Refused refused = rule.check(valid(origin), true);
            assertNotNull(refused);
            assertEquals(403, refused.status());
        }
    }

    @Test
    void no_origin_passes_every_rule() {
        for (OriginRule rule :
                List.of(OriginRule.sameOrigin(), OriginRule.allow(List.of("https://good")), OriginRule.any())) {
            assertNull(rule.check(sample().valid(), true));
        }
    }

    @Test
    void only_the_listed_origins_pass_and_not_the_servers_own() {
        OriginRule rule = OriginRule.allow(List.of("https://A.example", "http://b.example:8080", "app://obsidian.md"));

        assertNull(rule.check(request("https://a.example:443", "c.example"), false));
        assertNull(rule.check(request("http://b.example:8080", "c.example"), true));
        assertNull(rule.check(request("app://obsidian.md", "c.example"), true));
        assertNotNull(rule.check(request("http://a.example", "c.example"), false));
        assertNotNull(rule.check(request("https://sub.a.example", "c.example"), false));
        assertNotNull(
                rule.check(request("https://c.example", "c.example"), true), "rebinding makes any host the own one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://*.example", "example.com", "https://a.example/", "null", "", "https://a b"})
    void a_list_has_origins_and_no_patterns(String origin) {
        assertThrows(IllegalArgumentException.class, () -> OriginRule.allow(List.of(origin)));
    }

    @Test
    void an_empty_list_is_a_mistake() {
        assertThrows(IllegalArgumentException.class, () -> OriginRule.allow(List.of()));
    }

    @Test
    void any_lets_even_null_pass() {
        assertNull(OriginRule.any().check(request("null", "good"), true));
    }

    @Test
    void the_refusal_says_what_was_seen_and_the_section() {
        ServerHandshake.Refused refused = OriginRule.sameOrigin().check(request("https://evil", "good"), true);

        assertNotNull(refused);
        assertEquals(
                "origin \"https://evil\" is not the origin of the server (RFC 6455 section 10.2)", refused.reason());
    }

    @Test
    void an_origin_is_scheme_host_and_port() {
        assertEquals(Origin.parse("https://a.example"), Origin.parse("HTTPS://A.EXAMPLE:443"));
        assertNotEquals(Origin.parse("https://a.example"), Origin.parse("https://a.example:444"));
        assertEquals("https://a.example", Origin.parse("https://A.example:443").toString());
        assertEquals("http://[::1]:81", Origin.parse("http://[::1]:81").toString());
        assertEquals("app://x", Origin.parse("app://x").toString());
        assertEquals("a1+b-c.d://x:65535", Origin.parse("A1+b-C.d://x:65535").toString());
        for (String text : List.of("1a://x", "+a://x", "a_b://x", "a b://x", "://x", "x")) {
            assertThrows(IllegalArgumentException.class, () -> Origin.parse(text), text);
        }
        assertEquals(new Origin("HTTP", "A", -1), new Origin("http", "a", 80));
        assertThrows(IllegalArgumentException.class, () -> new Origin("http", "a/b", 80));
        assertThrows(IllegalArgumentException.class, () -> new Origin("", "a", 80));
        assertThrows(IllegalArgumentException.class, () -> new Origin("http", "a", 0));
    }

    private static ServerHandshake.Valid valid(String origin) {
        if (origin.indexOf('\u0000') >= 0) {
            // The check of the request refuses these; the rule must hold by itself.
            ServerHandshake.Valid good = request("https://good", "good");
            return new ServerHandshake.Valid(
                    good.request(), good.key(), good.authority(), good.path(), null, origin, List.of(), List.of());
        }
        return request(origin, "good");
    }

    private static ServerHandshake.Valid request(String origin, String host) {
        return sample().set("Host", host).with("Origin", origin).valid();
    }
}
