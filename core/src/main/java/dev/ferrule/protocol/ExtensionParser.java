package dev.ferrule.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Sec-WebSocket-Extensions} (RFC 6455 section 9.1) in one pass, with the whitespace that RFC 2616 implies
 * between any two words.
 *
 * <p>Each line is read by itself. That is the same as reading the joined lines: a quoted string that ran over the join
 * would hold a comma, which no token has.
 */
final class ExtensionParser {
    private final String line;
    private int at;

    private ExtensionParser(String line) {
        this.line = line;
    }

    static List<Extension> parse(List<String> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        List<Extension> extensions = new ArrayList<>();
        for (String line : lines) {
            new ExtensionParser(line).list(extensions);
        }
        if (extensions.isEmpty()) {
            throw new IllegalArgumentException("Sec-WebSocket-Extensions names no extension (RFC 6455 section 9.1)");
        }
        return List.copyOf(extensions);
    }

    private void list(List<Extension> extensions) {
        skipOws();
        while (at < line.length()) {
            if (line.charAt(at) != ',') {
                extensions.add(extension());
            }
            if (at < line.length()) {
                require(',');
                skipOws();
            }
        }
    }

    private Extension extension() {
        String name = token();
        List<Extension.Parameter> parameters = List.of();
        while (next(';')) {
            if (parameters.isEmpty()) {
                parameters = new ArrayList<>(4);
            }
            String parameter = token();
            parameters.add(new Extension.Parameter(parameter, next('=') ? value() : null));
        }
        return new Extension(name, parameters);
    }

    private @Nullable String value() {
        if (at == line.length() || line.charAt(at) != '"') {
            return token();
        }
        at++;
        StringBuilder unescaped = new StringBuilder();
        for (; at < line.length() && line.charAt(at) != '"'; at++) {
            if (line.charAt(at) == '\\' && ++at == line.length()) {
                break;
            }
            // After unescaping, a quoted string must be a token; so nothing else needs telling apart in here.
            if (!FieldGrammar.isTokenChar(line.charAt(at))) {
                throw malformed("a quoted character that no token has");
            }
            unescaped.append(line.charAt(at));
        }
        if (unescaped.isEmpty()) {
            throw malformed("an empty quoted value");
        }
        require('"');
        skipOws();
        return unescaped.toString();
    }

    private String token() {
        int start = at;
        while (at < line.length() && FieldGrammar.isTokenChar(line.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed("no token");
        }
        String token = line.substring(start, at);
        skipOws();
        return token;
    }

    private boolean next(char separator) {
        if (at == line.length() || line.charAt(at) != separator) {
            return false;
        }
        at++;
        skipOws();
        return true;
    }

    private void require(char expected) {
        if (at == line.length() || line.charAt(at) != expected) {
            throw malformed("no " + expected);
        }
        at++;
    }

    private void skipOws() {
        while (at < line.length() && FieldGrammar.isOws(line.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException(
                "Sec-WebSocket-Extensions has " + what + " at index " + at + " (RFC 6455 section 9.1)");
    }
}
