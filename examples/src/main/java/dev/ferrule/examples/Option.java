package dev.ferrule.examples;

/**
 * An option of a command.
 *
 * @param name as it is written, for instance {@code --port}
 * @param value what follows it, as help shows it, or empty if nothing does
 * @param meaning one line of help
 */
record Option(String name, String value, String meaning) {
    static Option of(String name, String value, String meaning) {
        return new Option(name, value, meaning);
    }

    static Option flag(String name, String meaning) {
        return new Option(name, "", meaning);
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    String usage() {
        return takesValue() ? name + " " + value : name;
    }
}
