package dev.ferrule.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of HTTP fields (RFC 9110 sections 5.5 and 5.6), as far as an opening handshake uses it.
 *
 * <p>Letters are compared as ASCII: {@code String.equalsIgnoreCase} takes U+017F for an s and U+212A for a k, which would
 * let an engine that decodes as UTF-8 pass an upgrade to something that is not {@code websocket}. Lists are walked by index:
 * each handshake does so again and again, and iterators were a tenth of what it allocated.
 */
final class FieldGrammar {
    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";
    private static final int SHOWN = 40;

    private FieldGrammar() {}

    /** A token (RFC 9110 section 5.6.2). */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isTokenChar(char c) {
        return isAlpha(c) || isDigit(c) || TOKEN_SYMBOLS.indexOf(c) >= 0;
    }

    static boolean isAlpha(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean isOws(char c) {
        return c == ' ' || c == '\t';
    }

    /** Without the optional whitespace around it (RFC 9110 section 5.6.3), which is no other than space and tab. */
    static String trimOws(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isOws(text.charAt(start))) {
            start++;
        }
        while (start < end && isOws(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /**
     * The elements of a list of tokens (RFC 9110 section 5.6.1) that may be spread over several field lines; empty
     * elements are left out, as section 5.6.1.2 tells a recipient. The elements may be anything.
     */
    static List<String> elements(List<String> lines) {
        List<String> elements = new ArrayList<>(2);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int start = 0;
            while (start <= line.length()) {
                int comma = line.indexOf(',', start);
                int end = comma < 0 ? line.length() : comma;
                String element = trimOws(line.substring(start, end));
                if (!element.isEmpty()) {
                    elements.add(element);
                }
                start = end + 1;
            }
        }
        return elements;
    }

    static boolean containsIgnoreCase(List<String> elements, String element) {
        for (int i = 0; i < elements.size(); i++) {
            if (equalsIgnoreCase(elements.get(i), element)) {
                return true;
            }
        }
        return false;
    }

    static boolean equalsIgnoreCase(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i < a.length(); i++) {
            if (lower(a.charAt(i)) != lower(b.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The same string if it has no capital. */
    static String lowerCase(String text) {
        int capital = 0;
        while (capital < text.length() && lower(text.charAt(capital)) == text.charAt(capital)) {
            capital++;
        }
        if (capital == text.length()) {
            return text;
        }
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            lower.append(lower(text.charAt(i)));
        }
        return lower.toString();
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** What is wrong with a field that is to be sent, or null. The value is never quoted: it may be a secret. */
    static @Nullable String sendingFault(String name, String value) {
        if (!isToken(name)) {
            return "header name " + shown(name) + " is not a token (RFC 9110 section 5.6.2)";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // Past 0xFF, an encoder that keeps the low byte makes a line feed of U+010A.
            if ((c < ' ' && c != '\t') || c == 0x7F || c > 0xFF) {
                return String.format(
                        "value of header %s has U+%04X at index %d, which no field value may have (RFC 9110 section 5.5)",
                        name, (int) c, i);
            }
        }
        if (!value.isEmpty() && (isOws(value.charAt(0)) || isOws(value.charAt(value.length() - 1)))) {
            return "value of header " + name + " begins or ends with whitespace (RFC 9110 section 5.5)";
        }
        return null;
    }

    /** What is wrong with a field that was received, or null: only what could be read as another line or field. */
    static @Nullable String receivingFault(String name, String value) {
        if (!isToken(name)) {
            return "header name " + shown(name) + " is not a token (RFC 9110 section 5.6.2)";
        }
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
            return "value of header " + shown(name) + " has a CR, LF or NUL (RFC 9110 section 5.5)";
        }
        return null;
    }

    /** What a peer or an application gave, quoted for a message: short, and on one line whatever it holds. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), SHOWN); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7F ? c : '?');
        }
        return shown.append(text.length() > SHOWN ? "...\"" : "\"").toString();
    }
}
