package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubprotocolsTest {
    @Test
    void lines_are_one_list_in_order() {
        assertEquals(List.of("a", "b", "c"), Subprotocols.parse(List.of("a ,\tb", "c")));
        assertEquals(List.of(), Subprotocols.parse(List.of()));
    }

    @Test
    void empty_elements_are_left_out_but_something_must_be_named() {
        assertEquals(List.of("a", "b"), Subprotocols.parse(List.of("a,,b,", "")));
        assertThrows(IllegalArgumentException.class, () -> Subprotocols.parse(List.of("")));
        assertThrows(IllegalArgumentException.class, () -> Subprotocols.parse(List.of(",", " ")));
    }

    @Test
    void names_are_compared_exactly() {
        assertEquals(List.of("a", "A"), Subprotocols.parse(List.of("a, A")));
        assertNull(Subprotocols.select(List.of("MQTT"), List.of("mqtt")));
    }

    @Test
    void the_clients_preference_among_the_supported_decides() {
        assertEquals("b", Subprotocols.select(List.of("a", "b"), List.of("x", "b", "a")));
        assertNull(Subprotocols.select(List.of("a"), List.of()));
        assertNull(Subprotocols.select(List.of(), List.of("a")));
        assertNull(Subprotocols.select(List.of("a"), List.of("b")));
    }

    @Test
    void an_application_offers_unique_tokens() {
        assertEquals(List.of("v12.stomp", "mqtt"), Subprotocols.of(List.of("v12.stomp", "mqtt")));
        assertEquals(List.of(), Subprotocols.of(List.of()));
        for (List<String> names :
                List.of(List.of(""), List.of("a", "a"), List.of("a b"), List.of("a,b"), List.of("a\n"))) {
            assertThrows(IllegalArgumentException.class, () -> Subprotocols.of(names), names.toString());
        }
    }
}
