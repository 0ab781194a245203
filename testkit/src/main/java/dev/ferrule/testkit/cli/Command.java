package dev.ferrule.testkit.cli;

import java.util.List;
import java.util.Locale;

/**
 * One of the things that the kit does.
 *
 * @param name the word to call it by
 * @param operands what it takes besides options, as help shows it
 * @param least how many of them
 * @param most how many of them
 * @param summary what it does, in one line
 * @param options what it takes
 * @param program what it does
 */
record Command(
        String name, String operands, int least, int most, String summary, List<Option> options, Program program) {
    /** What a command does. */
    @FunctionalInterface
    interface Program {
        /** Runs to its end. */
        Status run(Arguments arguments, Console console) throws Exception;
    }

    String help() {
        StringBuilder text = new StringBuilder("usage: testkit ").append(name);
        text.append(operands.isEmpty() ? "" : " " + operands).append(options.isEmpty() ? "" : " [OPTION]...");
        text.append('\n').append(summary).append("\n\n");
        options.forEach(option -> text.append(line(option.usage(), option.meaning())));
        return text.append(line("--help", "prints this")).toString();
    }

    static String line(String what, String meaning) {
        return String.format("  %-22s %s%n", what, meaning);
    }

    /** A constant as the command line has it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
