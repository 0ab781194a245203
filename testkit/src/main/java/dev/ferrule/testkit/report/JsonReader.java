package dev.ferrule.testkit.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text. */
final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable
    Object whole() {
        Object value = value();
        if (peek() != 0) {
            throw wrong("more behind the value");
        }
        return value;
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        open();
        while (!closed('}', object.isEmpty())) {
            if (peek() != '"') {
                throw wrong("no name of a member");
            }
            String name = string();
            expect(':');
            object.put(name, value());
        }
        return object;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        open();
        while (!closed(']', list.isEmpty())) {
            list.add(value());
        }
        return list;
    }

    private void open() {
        at++;
        if (++depth > DEEPEST) {
            throw wrong("more than " + DEEPEST + " levels");
        }
    }

    /** Whether the list or object ends here; else the comma between its elements is taken. */
    private boolean closed(char end, boolean first) {
        if (peek() == end) {
            at++;
            depth--;
            return true;
        }
        if (!first) {
            expect(',');
            peek();
        }
        return false;
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw wrong("a control character in a string");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return value.toString();
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            case '"', '\\', '/' -> c;
            default -> throw wrong("an unknown escape");
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw wrong("an escape that is cut off");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private @Nullable Object word() {
        for (String word : List.of("true", "false", "null")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("null") ? null : Boolean.valueOf(word);
            }
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw wrong("no value");
        }
        at = number.end();
        boolean fraction = number.group(1) != null || number.group(2) != null;
        return fraction ? (Object) Double.valueOf(number.group()) : (Object) Long.valueOf(number.group());
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("no '" + wanted + "'");
        }
        at++;
    }

    /** The next character that is no whitespace, 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("not JSON: " + what + " at character " + at);
    }
}
