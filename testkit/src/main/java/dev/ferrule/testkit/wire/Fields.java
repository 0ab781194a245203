package dev.ferrule.testkit.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Header lines in order, with repetitions.
 *
 * @param lines all lines
 */
public record Fields(List<Field> lines) {
    /** Copies the list. */
    public Fields {
        lines = List.copyOf(lines);
    }

    /**
     * {@return lines of these names and values}
     *
     * @param namesAndValues names and values in turn
     */
    public static Fields of(String... namesAndValues) {
        List<Field> lines = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            lines.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Fields(lines);
    }

    /**
     * {@return the values of all lines of this name, in order}
     *
     * @param name the name of the header, in any case
     */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /**
     * {@return all comma-separated elements of all lines of this name, trimmed, without empty ones}
     *
     * @param name the name of the header, in any case
     */
    public List<String> elements(String name) {
        return all(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /**
     * {@return whether the comma-separated list of this name has the token, whatever its case}
     *
     * @param name the name of the header, in any case
     * @param token the token
     */
    public boolean hasToken(String name, String token) {
        return elements(name).stream().anyMatch(element -> element.equalsIgnoreCase(token));
    }

    /**
     * {@return the same lines but this one changed in place, or added if it was not there}
     *
     * @param name the name of the header, in any case
     * @param value its value
     */
    public Fields with(String name, String value) {
        if (all(name).isEmpty()) {
            return plus(name, value);
        }
        return new Fields(lines.stream()
                .map(line -> line.name().equalsIgnoreCase(name) ? new Field(line.name(), value) : line)
                .toList());
    }

    /**
     * {@return the same lines and one more}
     *
     * @param name the name of the header, in any case
     * @param value its value
     */
    public Fields plus(String name, String value) {
        List<Field> more = new ArrayList<>(lines);
        more.add(new Field(name, value));
        return new Fields(more);
    }

    /**
     * {@return the same lines without those of this name}
     *
     * @param name the name of the header, in any case
     */
    public Fields without(String name) {
        return new Fields(lines.stream()
                .filter(line -> !line.name().equalsIgnoreCase(name))
                .toList());
    }

    /** {@return the same lines in reverse order} */
    public Fields reversed() {
        List<Field> result = new ArrayList<>(lines);
        java.util.Collections.reverse(result);
        return new Fields(result);
    }

    /** {@return the same lines with their names in capitals} */
    public Fields shouting() {
        return new Fields(lines.stream()
                .map(line -> new Field(line.name().toUpperCase(Locale.ROOT), line.value()))
                .toList());
    }

    /** The lines as they go over the wire. */
    String render() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line ->
                text.append(line.name()).append(": ").append(line.value()).append("\r\n"));
        return text.toString();
    }
}
