package dev.ferrule.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An extension with its parameters, as a client offers it or a server accepts it in {@code Sec-WebSocket-Extensions}
 * (RFC 6455 section 9.1).
 *
 * <p>Immutable. Names and values are tokens, kept as spelled; no argument may be null except a parameter's value. What
 * parameters mean, and which may stand together, is for the extension to say.
 *
 * @param name the name of the extension, a token
 * @param parameters its parameters in their order, duplicates kept
 */
public record Extension(String name, List<Parameter> parameters) {
    /**
     * Checks the name and copies the list.
     *
     * @param name a token
     * @param parameters any parameters
     * @throws IllegalArgumentException if the name is not a token
     */
    public Extension {
        requireToken("extension", name);
        parameters = List.copyOf(parameters);
    }

    /**
     * A parameter of an extension.
     *
     * @param name the name of the parameter, a token
     * @param value its value, a token; null if it has none
     */
    public record Parameter(String name, @Nullable String value) {
        /**
         * Checks that both are tokens.
         *
         * @param name a token
         * @param value a token or null
         * @throws IllegalArgumentException if one is not
         */
        public Parameter {
            requireToken("extension parameter", name);
            if (value != null) {
                requireToken("value of extension parameter " + name, value);
            }
        }

        /** As in the header field: {@code name} or {@code name=value}. */
        @Override
        public String toString() {
            return value == null ? name : name + "=" + value;
        }
    }

    /**
     * The extensions of a message's field lines, in the order of preference. Several lines are one list (section 9.1), and
     * empty elements of a list are left out (RFC 9110 section 5.6.1.2).
     *
     * @param fieldLines the values of all {@code Sec-WebSocket-Extensions} fields
     * @return the extensions; empty if there is no line
     * @throws IllegalArgumentException if there are lines and they are not at least one extension, each well formed; the
     *     message says where
     */
    public static List<Extension> parse(List<String> fieldLines) {
        return ExtensionParser.parse(fieldLines);
    }

    /**
     * Extensions as one field's value.
     *
     * @param extensions the extensions in their order
     * @return the value; empty for an empty list, which must not be sent
     */
    public static String format(List<Extension> extensions) {
        StringBuilder list = new StringBuilder();
        for (Extension extension : extensions) {
            list.append(list.isEmpty() ? "" : ", ").append(extension);
        }
        return list.toString();
    }

    /** As in the header field: {@code name; parameter; parameter=value}. */
    @Override
    public String toString() {
        StringBuilder element = new StringBuilder(name);
        for (Parameter parameter : parameters) {
            element.append("; ").append(parameter);
        }
        return element.toString();
    }

    /** Whether one of the extensions has this name, spelled exactly so. */
    static boolean named(List<Extension> extensions, String name) {
        for (Extension extension : extensions) {
            if (extension.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static void requireToken(String what, String text) {
        if (!FieldGrammar.isToken(text)) {
            throw new IllegalArgumentException(
                    what + " is " + FieldGrammar.shown(text) + ", which is not a token (RFC 6455 section 9.1)");
        }
    }
}
