package dev.ferrule.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    @Test
    void order_and_duplicates_are_kept_and_names_have_no_case() {
        Headers headers =
                Headers.builder().add("B", "1").add("a", "2").add("b", "3").build();

        assertEquals("1", headers.first("b"));
        assertEquals(List.of("1", "3"), headers.all("B"));
        assertNull(headers.first("c"));
        assertEquals(List.of(), headers.all("c"));
        assertTrue(headers.contains("A"));
        assertFalse(headers.contains("c"));
        assertEquals(3, headers.size());
        List<Header> fields = new ArrayList<>();
        headers.forEach(fields::add);
        assertEquals(List.of(new Header("B", "1"), new Header("a", "2"), new Header("b", "3")), fields);
    }

    @Test
    void all_ascii_letters_have_case_and_their_neighbours_have_none() {
        assertEquals("abcmyz@[`{", FieldGrammar.lowerCase("ABCMYZ@[`{"));
        assertTrue(FieldGrammar.equalsIgnoreCase("AZaz", "azAZ"));
        assertFalse(FieldGrammar.equalsIgnoreCase("@", "`") || FieldGrammar.equalsIgnoreCase("[", "{"));
    }

    @Test
    void only_ascii_letters_have_case() {
        Headers headers = Headers.received(List.of(new Header("\u212aey", "Kelvin"), new Header("Hoſt", "long s")));

        assertFalse(headers.contains("Key"));
        assertFalse(headers.contains("Host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\nb", "a\tb", "é", "(a)", "a\u0000", "\u010a", "a/b", "\"a\""})
    void a_name_that_is_not_a_token_is_refused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Headers.builder().add(name, "v"));
        assertThrows(IllegalArgumentException.class, () -> Headers.of(List.of(new Header(name, "v"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nb",
                "a\nb",
                "a\rb",
                "\u0000",
                "a\u0001",
                "\u007f",
                "\u010a",
                "a\u0d0ab",
                "\u4e0a",
                " a",
                "a ",
                "\t",
                "a\u001f"
            })
    void a_value_that_is_no_field_value_is_refused(String value) {
        assertThrows(IllegalArgumentException.class, () -> Headers.builder().add("X", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b", "a\tb", "\u00e9", "\u0080\u00ff", "\"a, b\"; c=d"})
    void any_field_value_is_taken_as_it_is(String value) {
        assertEquals(value, Headers.builder().add("X", value).build().first("x"));
    }

    @Test
    void every_character_is_judged_as_the_rfc_has_it() {
        for (int c = 0; c <= 0xFFFF; c++) {
            String text = "a" + (char) c + "b";
            boolean token =
                    c < 0x7F && ("!#$%&'*+-.^_`|~".indexOf(c) >= 0 || (c < 128 && Character.isLetterOrDigit(c)));
            assertEquals(token, FieldGrammar.isToken(text), "U+" + Integer.toHexString(c));
            boolean value = c == '\t' || (c >= ' ' && c != 0x7F && c <= 0xFF);
            assertEquals(value, FieldGrammar.sendingFault("X", text) == null, "U+" + Integer.toHexString(c));
        }
    }

    @Test
    void a_refused_value_is_not_shown() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> Headers.builder().add("Authorization", "secret\n"));

        assertEquals(
                "value of header Authorization has U+000A at index 6, which no field value may have (RFC 9110 section 5.5)",
                thrown.getMessage());
    }

    @Test
    void received_headers_are_taken_as_they_are_but_not_sent_again() {
        Headers received = Headers.received(List.of(new Header("a b", " \r\n")));

        assertEquals(" \r\n", received.first("a b"));
        assertThrows(IllegalArgumentException.class, () -> Headers.builder().addAll(received));
    }

    @Test
    void headers_are_values_that_print_names_alone() {
        Headers headers = Headers.of(List.of(new Header("Cookie", "secret"), new Header("A", "b")));

        assertEquals(Headers.received(List.of(new Header("Cookie", "secret"), new Header("A", "b"))), headers);
        assertNotEquals(Headers.of(List.of(new Header("A", "b"), new Header("Cookie", "secret"))), headers);
        assertEquals("[Cookie, A]", headers.toString());
        assertEquals(Headers.empty(), Headers.builder().build());
        assertEquals(Headers.empty().hashCode(), Headers.of(List.of()).hashCode());
    }

    @Test
    void a_builder_that_goes_on_leaves_what_it_built_alone() {
        Headers.Builder builder = Headers.builder().add("A", "1");
        Headers first = builder.build();
        builder.add("B", "2");

        assertEquals(1, first.size());
        assertEquals(2, builder.build().size());
    }
}
