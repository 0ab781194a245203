package dev.ferrule.protocol;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists of subprotocols and the choice among them (RFC 6455 sections 1.9, 4.1, 4.2.2 and 11.3.4).
 *
 * <p>Names are tokens, and compared exactly: RFC 7936 section 3 has no two that differ by case alone. Pure functions for
 * any thread; no argument may be null.
 */
public final class Subprotocols {
    private Subprotocols() {}

    /**
     * The subprotocols that a client offers, in its order of preference. Several lines are one list (section 11.3.4), and
     * empty elements of a list are left out (RFC 9110 section 5.6.1.2).
     *
     * @param fieldLines the values of all {@code Sec-WebSocket-Protocol} fields of a request
     * @return the names as spelled; empty if there is no line
     * @throws IllegalArgumentException if there are lines and they name no subprotocol, or the same one twice, or
     *     something that is not a token
     */
    public static List<String> parse(List<String> fieldLines) {
        List<String> names = distinctTokens(FieldGrammar.elements(fieldLines));
        if (names.isEmpty() && !fieldLines.isEmpty()) {
            throw new IllegalArgumentException("Sec-WebSocket-Protocol names no subprotocol (RFC 6455 section 4.1)");
        }
        return names;
    }

    /**
     * The names that an application gives, once they are fit to be offered.
     *
     * @param names the names in the order of preference; may be empty
     * @return an unmodifiable copy
     * @throws IllegalArgumentException if one is not a token, or stands there twice
     */
    public static List<String> of(Collection<String> names) {
        return distinctTokens(names);
    }

    /**
     * The subprotocol to speak: the first that the client offers and the server supports. The RFC leaves the choice to the
     * server; the client's order is the one order that it tells us.
     *
     * @param supported what the server supports, in any order
     * @param offered what the client offers, in its order of preference
     * @return the name as offered, or null if there is none in common
     */
    public static @Nullable String select(Collection<String> supported, List<String> offered) {
        for (String name : offered) {
            if (supported.contains(name)) {
                return name;
            }
        }
        return null;
    }

    private static List<String> distinctTokens(Collection<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        Set<String> distinct = new LinkedHashSet<>();
        for (String name : names) {
            if (!FieldGrammar.isToken(name)) {
                throw new IllegalArgumentException(
                        "subprotocol " + FieldGrammar.shown(name) + " is not a token (RFC 6455 section 4.1)");
            }
            if (!distinct.add(name)) {
                throw new IllegalArgumentException(
                        "subprotocol " + FieldGrammar.shown(name) + " is named twice (RFC 6455 section 4.1)");
            }
        }
        return List.copyOf(distinct);
    }
}
