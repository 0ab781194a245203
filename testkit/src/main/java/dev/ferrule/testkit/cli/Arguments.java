package dev.ferrule.testkit.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operands and options of a command as they were given, each checked when it is asked for. */
final class Arguments {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final List<String> operands = new ArrayList<>();
    private final Map<Option, List<String>> given = new LinkedHashMap<>();

    private Arguments() {}

    /** Takes {@code --name value}, {@code --name=value} and {@code --flag}, in any order with the operands. */
    static Arguments parse(Command command, List<String> words) throws UsageException {
        Arguments arguments = new Arguments();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.startsWith("--")) {
                arguments.take(command, word, rest);
            } else {
                arguments.operands.add(word);
            }
        }
        if (arguments.operands.size() < command.least() || arguments.operands.size() > command.most()) {
            throw new UsageException("takes " + command.operands() + ", and was given " + arguments.operands);
        }
        return arguments;
    }

    private void take(Command command, String word, Iterator<String> rest) throws UsageException {
        String[] parts = word.split("=", 2);
        Option option = command.options().stream()
                .filter(one -> one.name().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no option " + parts[0]));
        if (!option.takesValue() && parts.length == 2) {
            throw new UsageException(option.name() + " takes no value");
        }
        if (option.takesValue() && parts.length == 1 && !rest.hasNext()) {
            throw new UsageException(option.name() + " needs a value: " + option.usage());
        }
        String value = !option.takesValue() ? "" : parts.length == 2 ? parts[1] : rest.next();
        List<String> values = given.computeIfAbsent(option, key -> new ArrayList<>());
        values.add(value);
        if (values.size() > 1 && !option.meaning().contains("repeatable")) {
            throw new UsageException(option.name() + " is given twice");
        }
    }

    String operand(int index) {
        return operands.get(index);
    }

    List<String> operands() {
        return List.copyOf(operands);
    }

    boolean has(Option option) {
        return given.containsKey(option);
    }

    List<String> all(Option option) {
        return given.getOrDefault(option, List.of());
    }

    Optional<String> text(Option option) {
        return all(option).stream().findFirst();
    }

    long number(Option option, long otherwise, long least, long most) throws UsageException {
        String value = text(option).orElse(String.valueOf(otherwise));
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The sentence below says it better.
        }
        throw new UsageException(
                option.name() + " is '" + value + "', a number from " + least + " to " + most + " is needed");
    }

    Duration time(Option option, Duration otherwise) throws UsageException {
        Optional<String> value = text(option);
        if (value.isEmpty()) {
            return otherwise;
        }
        Matcher matcher = DURATION.matcher(value.get());
        if (!matcher.matches()) {
            throw new UsageException(
                    option.name() + " is '" + value.get() + "', something like 800ms, 5s or 2m is needed");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    <E extends Enum<E>> E choice(Option option, Class<E> type, E otherwise) throws UsageException {
        Optional<String> value = text(option);
        return value.isEmpty() ? otherwise : constant(option, type, value.get());
    }

    /** The constant of this name, in lower case and with dashes. */
    static <E extends Enum<E>> E constant(Option option, Class<E> type, String name) throws UsageException {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(Command.word(constant));
            if (Command.word(constant).equals(name)) {
                return constant;
            }
        }
        throw new UsageException(option.name() + " is '" + name + "', choose " + String.join(" or ", names));
    }
}
