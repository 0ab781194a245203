package dev.ferrule.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArgumentsTest {
    private static final List<Option> KNOWN = List.of(
            Option.of("--engine", "a|b", "an engine"),
            Option.of("--port", "N", "a port"),
            Option.flag("--tls", "a flag"));

    private static Arguments parse(String line) throws UsageException {
        return Arguments.parse(KNOWN, line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    @Test
    void options_come_in_any_order_and_with_or_without_an_equals_sign() throws UsageException {
        Arguments arguments = parse("--tls --port=81 --engine b");
        assertTrue(arguments.has("--tls"));
        assertEquals(81, arguments.number("--port", 80, 0, 65_535));
        assertEquals("b", arguments.choice("--engine", List.of("a", "b")));
    }

    @Test
    void what_is_not_given_has_its_default() throws UsageException {
        Arguments arguments = parse("");
        assertFalse(arguments.has("--tls"));
        assertEquals(80, arguments.number("--port", 80, 0, 65_535));
        assertEquals("a", arguments.choice("--engine", List.of("a", "b")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    --prot 80;         there is no option --prot
                    --port;            --port needs a value: --port N
                    --port 80 --port 81; --port is given twice
                    --tls=yes;         --tls takes no value
                    80;                '80' is not an option
                    -p 80;             '-p' is not an option""", quoteCharacter = '"')
    void a_wrong_line_is_refused_in_a_sentence(String line, String sentence) {
        assertEquals(
                sentence, assertThrows(UsageException.class, () -> parse(line)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"x", "-1", "65536", "99999999999", "1.5", "''"})
    void a_number_out_of_range_is_refused_in_a_sentence(String value) {
        UsageException refusal = assertThrows(
                UsageException.class, () -> parse("--port=" + value).number("--port", 80, 0, 65_535));
        assertEquals("--port is '" + value + "', a number from 0 to 65535 is needed", refusal.getMessage());
    }

    @Test
    void a_choice_that_there_is_not_is_refused_in_a_sentence() {
        UsageException refusal =
                assertThrows(UsageException.class, () -> parse("--engine c").choice("--engine", List.of("a", "b")));
        assertEquals("--engine is 'c', choose a or b", refusal.getMessage());
    }

    @Test
    void a_text_that_is_needed_and_missing_is_asked_for() {
        UsageException refusal =
                assertThrows(UsageException.class, () -> parse("").text("--engine"));
        assertEquals("--engine is needed", refusal.getMessage());
    }
}
