package dev.ferrule.testkit.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as maps with string keys, lists, strings, numbers, booleans and null. Whole numbers are read as
 * {@link Long}, others as {@link Double}.
 */
public final class Json {
    private static final String STEP = "  ";

    private Json() {}

    /**
     * Writes a value.
     *
     * @param value maps, lists, strings, numbers, booleans and null
     * @return the text, indented
     * @throws IllegalArgumentException if something else is among it
     */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "\n", out);
        return out.append('\n').toString();
    }

    /**
     * Reads a value.
     *
     * @param text the text
     * @return the value
     * @throws IllegalArgumentException if it is not JSON
     */
    public static @Nullable Object read(String text) {
        return new JsonReader(text).whole();
    }

    /**
     * A member of an object that must be there.
     *
     * @param object the object
     * @param name the name of the member
     * @param type of which type it must be
     * @param <T> that type
     * @return the member
     * @throws IllegalArgumentException if it is missing or of another type
     */
    public static <T> T member(Map<?, ?> object, String name, Class<T> type) {
        Object value = object.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("member '" + name + "' is " + value + ", should be a "
                    + type.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        return type.cast(value);
    }

    private static void write(@Nullable Object value, String line, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String separator = "";
            out.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(line).append(STEP);
                string(String.valueOf(entry.getKey()), out);
                out.append(": ");
                write(entry.getValue(), line + STEP, out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "" : line).append('}');
        } else if (value instanceof List<?> list) {
            list(list, line, out);
        } else if (value instanceof String string) {
            string(string, out);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            throw new IllegalArgumentException(value.getClass() + " is not a value of JSON");
        }
    }

    /** Lists of plain values in one line, others one element per line. */
    private static void list(List<?> list, String line, StringBuilder out) {
        boolean plain = list.stream().allMatch(element -> element instanceof Number || element instanceof Boolean);
        String separator = "";
        out.append('[');
        for (Object element : list) {
            out.append(separator).append(plain ? "" : line + STEP);
            write(element, line + STEP, out);
            separator = plain ? ", " : ",";
        }
        out.append(plain ? "" : line).append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // Surrogates too: what is not a character could not be written in UTF-8.
                    boolean escaped = c < ' ' || c == 0x7F || Character.isSurrogate(c);
                    out.append(escaped ? String.format("\\u%04x", (int) c) : String.valueOf(c));
                }
            }
        }
        out.append('"');
    }
}
