package dev.ferrule.examples;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a command as they were given, each checked when it is asked for. */
final class Arguments {
    private final Map<String, String> given = new HashMap<>();

    private Arguments() {}

    /** Takes {@code --name value}, {@code --name=value} and {@code --flag}, in any order. */
    static Arguments parse(List<Option> known, List<String> words) throws UsageException {
        Arguments arguments = new Arguments();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            arguments.take(known, rest.next(), rest);
        }
        return arguments;
    }

    private void take(List<Option> known, String word, Iterator<String> rest) throws UsageException {
        if (!word.startsWith("--")) {
            throw new UsageException("'" + word + "' is not an option");
        }
        String[] parts = word.split("=", 2);
        String name = parts[0];
        Option option = known.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no option " + name));
        if (!option.takesValue() && parts.length == 2) {
            throw new UsageException(name + " takes no value");
        }
        if (option.takesValue() && parts.length == 1 && !rest.hasNext()) {
            throw new UsageException(name + " needs a value: " + option.usage());
        }
        String value = !option.takesValue() ? "" : parts.length == 2 ? parts[1] : rest.next();
        if (given.putIfAbsent(name, value) != null) {
            throw new UsageException(name + " is given twice");
        }
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    String text(String name) throws UsageException {
        String value = given.get(name);
        if (value == null || value.isEmpty()) {
            throw new UsageException(name + " is needed");
        }
        return value;
    }

    /** One of some words, the first of them if the option was not given. */
    String choice(String name, List<String> choices) throws UsageException {
        String value = given.getOrDefault(name, choices.get(0));
        if (!choices.contains(value)) {
            throw new UsageException(name + " is '" + value + "', choose " + String.join(" or ", choices));
        }
        return value;
    }

    int number(String name, int otherwise, int least, int most) throws UsageException {
        String value = given.get(name);
        if (value == null) {
            return otherwise;
        }
        Integer number = parse(value);
        if (number == null || number < least || number > most) {
            throw new UsageException(
                    name + " is '" + value + "', a number from " + least + " to " + most + " is needed");
        }
        return number;
    }

    private static @Nullable Integer parse(String value) {
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
