package dev.ferrule.testkit.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of an HTTP message that the peer sent.
 *
 * @param startLine the request or status line
 * @param fields the header lines, values without surrounding whitespace
 * @param problems what is wrong with its form (RFC 9112 sections 2 to 5)
 */
public record HttpHead(String startLine, Fields fields, List<String> problems) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/[0-9]\\.[0-9] [1-9][0-9]{2}( .*)?");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Copies the list. */
    public HttpHead {
        problems = List.copyOf(problems);
    }

    /**
     * {@return how many of the bytes are the head with its empty line; 0 if it is not complete}
     *
     * @param bytes the bytes
     */
    public static int length(Bytes bytes) {
        int end = bytes.latin1().indexOf("\r\n\r\n");
        return end < 0 ? 0 : end + 4;
    }

    /**
     * {@return a complete head, read}
     *
     * @param head bytes up to the empty line, that included
     */
    public static HttpHead parse(Bytes head) {
        String text = head.latin1();
        String[] lines = text.substring(0, text.length() - 4).split("\r\n", -1);
        List<Field> fields = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1 || !isToken(lines[i].substring(0, colon))) {
                problems.add("header line without a name: " + lines[i]);
                continue;
            }
            String value = lines[i].substring(colon + 1).strip();
            if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
                problems.add("control character in " + lines[i].substring(0, colon));
            }
            fields.add(new Field(lines[i].substring(0, colon), value));
        }
        return new HttpHead(lines[0], new Fields(fields), problems);
    }

    /** {@return the status if this is the head of a response} */
    public Optional<Integer> status() {
        return STATUS_LINE.matcher(startLine).matches()
                ? Optional.of(Integer.valueOf(startLine.substring(9, 12)))
                : Optional.empty();
    }

    /**
     * {@return whether the text is a token (RFC 9110 section 5.6.2)}
     *
     * @param text the text
     */
    public static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }
}
