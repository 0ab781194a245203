package dev.ferrule.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.protocol.Header;
import dev.ferrule.protocol.Headers;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The header fields of an open connection's request are those that were received, letter by letter. */
class PackedHeadersTest {
    private static final List<String> NAMES =
            List.of("Upgrade", "upgrade", "Connection", "Host", "Cookie", "Sec-WebSocket-Key", "X", "!#$%&'*+-.^_`|~");
    private static final List<String> VALUES =
            List.of("websocket", "websocket, h2c", "Upgrade", "", "13", "a: b", "\u00e9", "gzip, deflate, br, zstd");

    @Provide
    Arbitrary<List<Header>> fields() {
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of(NAMES), Arbitraries.strings().alpha().ofMinLength(1));
        Arbitrary<String> value = Arbitraries.oneOf(
                Arbitraries.of(VALUES),
                Arbitraries.strings().withCharRange(' ', '~').map(String::trim));
        return Combinators.combine(name, value).as(Header::new).list().ofMaxSize(20);
    }

    @Property(tries = 300)
    void unpackedAsTheyWere(@ForAll("fields") List<Header> fields) {
        String packed = PackedHeaders.pack(Headers.received(fields));
        assertNotNull(packed);
        List<Header> unpacked = new ArrayList<>();
        PackedHeaders.unpack(packed).forEach(unpacked::add);
        assertEquals(fields, unpacked);
    }

    @Example
    void ofAnOrdinaryHandshakeTwoThirdsAreSpared() {
        List<Header> fields = List.of(
                new Header("Host", "127.0.0.1:8080"),
                new Header("Upgrade", "websocket"),
                new Header("Connection", "Upgrade"),
                new Header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                new Header("Sec-WebSocket-Version", "13"));
        String packed = PackedHeaders.pack(Headers.received(fields));
        assertNotNull(packed);
        assertTrue(packed.length() < 50, () -> packed.length() + " characters");
    }

    @Example
    void fieldsThatCannotBeToldApartAreNotPacked() {
        for (Header odd : List.of(
                new Header("\u000eX", "y"), new Header("", "y"), new Header("X:", "y"), new Header("X", "y\nZ:z"))) {
            assertNull(PackedHeaders.pack(Headers.received(List.of(odd))));
        }
    }
}
