package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionTest {
    @Test
    void a_list_is_extensions_with_parameters_with_or_without_a_value() {
        assertEquals(
                List.of(
                        new Extension("foo", List.of()),
                        new Extension(
                                "bar",
                                List.of(
                                        new Extension.Parameter("baz", "2"),
                                        new Extension.Parameter("qux", null),
                                        new Extension.Parameter("baz", "x")))),
                Extension.parse(List.of("foo, bar; baz=2; qux; baz=\"x\"")));
    }

    @Test
    void no_line_is_no_extension() {
        assertEquals(List.of(), Extension.parse(List.of()));
        assertEquals("", Extension.format(List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "foo > foo",
                "`\tfoo ;  bar = 1\t, baz ` > foo; bar=1, baz",
                "foo;bar=\"1\" > foo; bar=1",
                "foo; bar=\"a\\b\" > foo; bar=ab",
                "foo,,bar > foo, bar",
                "foo; bar=\"1\" ; baz=\"2\"\t, qux > foo; bar=1; baz=2, qux",
                "`,foo, ,` > foo",
                "foo; server_max_window_bits=\"10\" > foo; server_max_window_bits=10",
                "x-!#$%&'*+.^_`|~9 > x-!#$%&'*+.^_`|~9",
                "Foo, foo, foo > Foo, foo, foo"
            })
    void these_are_well_formed(String line, String formatted) {
        assertEquals(formatted, Extension.format(Extension.parse(List.of(line))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ", ,",
                ";",
                "=",
                "foo;",
                "foo; ",
                "foo;;bar",
                "permessage-deflate; ;=",
                "foo; =1",
                "foo; bar=",
                "foo; bar==1",
                "foo; bar=1 2",
                "foo bar",
                "foo; bar baz",
                "foo=1",
                "foo; bar=\"",
                "foo; bar=\"x",
                "foo; bar=\"x\\",
                "foo; bar=\"\"",
                "foo; bar=\"a b\"",
                "foo; bar=\"a,b\"",
                "foo; bar=\"a\\\"b\"",
                "foo; bar=\"a\"b",
                "foo; bar=a\"b\"",
                "\"foo\"",
                "foo; \"bar\"",
                "foo/1",
                "foo, (x)",
                "caf\u00e9",
                "foo; bar=\u00e9",
                "foo; bar='\u0000'",
                "foo\u000bbar",
                "foo; bar=\"\u0080\""
            })
    void these_are_malformed(String line) {
        assertThrows(IllegalArgumentException.class, () -> Extension.parse(List.of(line)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Extension.parse(List.of("foo" + (line.isBlank() || line.contains(",") ? ";" : ""), line)),
                "on a second line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo, bar; baz=2",
                "a,b,c",
                "foo; x=\"y\", bar, , baz",
                ",a",
                "a; b=\"c,d\"",
                "a; b=\"c\\,d\"",
                "a,;b",
                ",",
                "a,"
            })
    void splitting_over_lines_equals_one_combined_line(String combined) {
        assertEquals(parsed(List.of(combined)), parsed(Arrays.asList(combined.split(",", -1))));
    }

    @Test
    void a_message_says_where_and_which_section() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Extension.parse(List.of("permessage-deflate; ;=")));

        assertEquals("Sec-WebSocket-Extensions has no token at index 20 (RFC 6455 section 9.1)", thrown.getMessage());
    }

    @Test
    void names_and_values_are_tokens_and_lists_are_copied() {
        assertThrows(IllegalArgumentException.class, () -> new Extension("a b", List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Extension("", List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Extension.Parameter("a\r\nb", null));
        assertThrows(IllegalArgumentException.class, () -> new Extension.Parameter("a", ""));

        List<Extension.Parameter> parameters = new ArrayList<>();
        Extension extension = new Extension("a", parameters);
        parameters.add(new Extension.Parameter("b", null));
        assertEquals(List.of(), extension.parameters());
    }

    private static String parsed(List<String> lines) {
        try {
            return Extension.format(Extension.parse(lines));
        } catch (IllegalArgumentException e) {
            return "malformed";
        }
    }
}
