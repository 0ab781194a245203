package dev.ferrule.connection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cookies of a request (RFC 6265 section 5.4), as lenient as servers are: what is no pair is passed over. */
final class Cookies {
    private Cookies() {}

    static Map<String, String> parse(List<String> fields) {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String field : fields) {
            int from = 0;
            while (from < field.length()) {
                int end = field.indexOf(';', from);
                end = end < 0 ? field.length() : end;
                int equals = field.indexOf('=', from);
                if (equals > from && equals < end) {
                    cookies.putIfAbsent(
                            field.substring(from, equals).strip(),
                            unquote(field.substring(equals + 1, end).strip()));
                }
                from = end + 1;
            }
        }
        return Collections.unmodifiableMap(cookies);
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
