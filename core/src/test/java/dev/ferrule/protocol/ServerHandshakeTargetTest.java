package dev.ferrule.protocol;

import static dev.ferrule.protocol.Requests.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeTargetTest {
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "HEAD", "OPTIONS", "get", "CONNECT", "", "GET "})
    void the_method_is_get_or_405(String method) {
        ServerHandshake.Refused refused = sample().method(method).refused();

        assertEquals(405, refused.status());
        assertEquals("GET", refused.headers().first("Allow"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/2", "http/1.1", "", "HTTP/1.10", "junk"})
    void the_version_is_http_1_1_or_505(String version) {
        assertEquals(505, sample().httpVersion(version).refused().status());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/,/,-",
                "/chat,/chat,-",
                "/chat?,/chat,''",
                "/a%20b?c=d&e=%2F,/a%20b,c=d&e=%2F",
                "/?id[]=1?2/3,/,id[]=1?2/3",
                "//ws,//ws,-",
                "/ws/../ws;x,/ws/../ws;x,-",
                "http://other.example/x?y,/x,y",
                "HTTPS://other.example:8443,/,-",
                "http://[::1]:80?q,/,q"
            })
    void the_target_is_a_resource_name_or_an_absolute_http_uri(String target, String path, String query) {
        ServerHandshake.Valid valid = sample().target(target).valid();

        assertEquals(path, valid.path());
        assertEquals(query, valid.query());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "chat",
                "server.example.com:80",
                "/chat#f",
                "/#",
                "/?a#b",
                "ws://server.example.com/",
                "wss://server.example.com/",
                "ftp://server.example.com/",
                "http:/chat",
                "http://",
                "http:///chat",
                "http://user@server.example.com/",
                "http://server.example.com:x/",
                "http://h#f",
                "/a b",
                "/\u00e9",
                "/a\u0000",
                "/a\r\nb",
                "/%",
                "/%2",
                "/%zz",
                "/?%g0",
                "/a|b",
                "/a\\b",
                "?q",
                "//[::1",
                "/\"<>"
            })
    void any_other_target_is_400(String target) {
        assertEquals(400, sample().target(target).refused().status());
    }

    @Test
    void the_host_of_an_absolute_target_replaces_the_field() {
        assertEquals(
                "other.example:81",
                sample().target("http://Other.example:81/").valid().authority());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h",
                "server.example.com:8080",
                "127.0.0.1",
                "[::1]:9000",
                "[::ffff:1.2.3.4]",
                "h:",
                " h\t",
                "a_b"
            })
    void host_is_one_host_and_port(String host) {
        sample().set("Host", host).valid();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "user@h", "user:pw@h", "h:x", "h:0", "h:65536", "h:-1", "h:99999999999999999999", "a b", "a,b",
                "a, b", "h/", "h?q", "h#f", "::1", "[::1", "[::1]x", "[1]", "[:::]", "[1::2::3]", "[::1.2.3]",
                "[fe80::1%25eth0]", "\u00e9", ":80", "*"
            })
    void any_other_host_is_400(String host) {
        assertEquals(400, sample().set("Host", host).refused().status());
    }

    @Test
    void host_is_there_exactly_once() {
        assertEquals(400, sample().without("Host").refused().status());
        assertEquals(400, sample().with("Host", "server.example.com").refused().status());
        assertEquals(
                400,
                sample().without("Host").target("http://h/").refused().status(),
                "an absolute target doesn't stand for it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "00", "-0", "+0", "", "0, 0", "x", "18446744073709551616"})
    void a_request_with_a_body_is_400(String length) {
        assertEquals(400, sample().with("Content-Length", length).refused().status());
        assertEquals(400, sample().with("Content-Length", "0", length).refused().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "identity", ""})
    void a_request_with_a_transfer_encoding_is_400(String coding) {
        assertEquals(400, sample().with("Transfer-Encoding", coding).refused().status());
        assertEquals(
                400,
                sample().with("Content-Length", "0")
                        .with("transfer-encoding", coding)
                        .refused()
                        .status());
    }

    @Test
    void a_length_of_zero_is_no_body() {
        sample().with("Content-Length", " 0 ").valid();
    }
}
