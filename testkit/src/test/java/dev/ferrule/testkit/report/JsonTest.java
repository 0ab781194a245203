package dev.ferrule.testkit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON (RFC 8259)")
class JsonTest {
    @Test
    @DisplayName("comes back as it was written")
    void roundTrip() {
        Object value = Map.of(
                "a",
                List.of(1L, -2L, 0.5),
                "b",
                "\"\\\n\t\u0001\ud83d\ude00 é",
                "c",
                List.of(true, List.of()),
                "d",
                Map.of());
        assertEquals(value, Json.read(Json.write(value)));
    }

    @Test
    @DisplayName("reads numbers, escapes and whitespace")
    void reads() {
        assertEquals(List.of(1L, 10.0, -0.5, "é/"), Json.read(" [ 1 , 1e1, -0.5 ,\"\\u00e9\\/\" ]\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "[1 2]", "{\"a\"}", "{a:1}", "01", "\"\n\"", "\"\\x\"", "[1]]", "nul"})
    @DisplayName("refuses what is no JSON")
    void refuses(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.read(text));
    }
}
