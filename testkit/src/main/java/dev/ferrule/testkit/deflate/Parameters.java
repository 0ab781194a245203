package dev.ferrule.testkit.deflate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One element of Sec-WebSocket-Extensions.
 *
 * @param name of the extension
 * @param all its parameters, in order
 */
record Parameters(String name, List<Parameter> all) {
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";
    private static final String SERVER_RESETS = "server_no_context_takeover";
    private static final String CLIENT_RESETS = "client_no_context_takeover";

    /**
     * A parameter.
     *
     * @param name its name
     * @param value its value, unquoted; empty if it has none
     */
    record Parameter(String name, Optional<String> value) {
        @Override
        public String toString() {
            return name + value.map(text -> "=" + text).orElse("");
        }
    }

    Parameters {
        all = List.copyOf(all);
    }

    static Parameters parse(String element) {
        String[] parts = element.split(";", -1);
        List<Parameter> all = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            Optional<String> value = pair.length == 1
                    ? Optional.empty()
                    : Optional.of(pair[1].strip().replaceFirst("^\"(.*)\"$", "$1"));
            all.add(new Parameter(pair[0].strip(), value));
        }
        return new Parameters(parts[0].strip(), all);
    }

    boolean has(String parameter) {
        return all.stream().anyMatch(one -> one.name().equals(parameter));
    }

    /** What is wrong in itself, wherever it stands (RFC 7692 section 7.1). */
    List<String> problems(boolean offer) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Parameter one : all) {
            if (!seen.add(one.name())) {
                problems.add("parameter " + one.name() + " twice");
            }
            boolean right = switch (one.name()) {
                case SERVER_RESETS, CLIENT_RESETS -> one.value().isEmpty();
                case SERVER_BITS -> one.value().filter(Parameters::bits).isPresent();
                case CLIENT_BITS ->
                    one.value().filter(Parameters::bits).isPresent()
                            || (offer && one.value().isEmpty());
                default -> false;
            };
            if (!right) {
                problems.add("parameter '" + one + "'");
            }
        }
        return problems;
    }

    /** Whether a server that was made this offer may answer with this. */
    boolean answers(Parameters offer) {
        boolean resets = !offer.has(SERVER_RESETS) || has(SERVER_RESETS);
        boolean server =
                !offer.has(SERVER_BITS) || (has(SERVER_BITS) && number(SERVER_BITS) <= offer.number(SERVER_BITS));
        boolean client =
                !has(CLIENT_BITS) || (offer.has(CLIENT_BITS) && number(CLIENT_BITS) <= offer.number(CLIENT_BITS));
        return offer.problems(true).isEmpty() && resets && server && client;
    }

    Agreement agreement() {
        return new Agreement(!has(SERVER_RESETS), number(SERVER_BITS), !has(CLIENT_RESETS), number(CLIENT_BITS));
    }

    /** The value of a parameter, 15 if it has none or is not there. */
    private int number(String parameter) {
        return all.stream()
                .filter(one -> one.name().equals(parameter))
                .flatMap(one -> one.value().stream())
                .filter(Parameters::bits)
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(15);
    }

    /** 8 to 15, in decimal digits without leading zeros. */
    private static boolean bits(String value) {
        return value.matches("[89]|1[0-5]");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        all.forEach(one -> text.append("; ").append(one));
        return text.toString();
    }
}
