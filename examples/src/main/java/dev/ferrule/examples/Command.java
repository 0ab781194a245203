package dev.ferrule.examples;

import java.io.PrintStream;
import java.util.List;

/**
 * One of the programs that {@code ./ferrule} runs.
 *
 * @param name the word to call it by
 * @param summary what it does, in one line
 * @param options what it takes
 * @param program what it does
 */
record Command(String name, String summary, List<Option> options, Program program) {
    /** What a command does. */
    @FunctionalInterface
    interface Program {
        /**
         * Runs to its end.
         *
         * @return the exit status
         * @throws UsageException if an option has a wrong value
         * @throws Exception whatever went wrong
         */
        int run(Arguments arguments, PrintStream out) throws Exception;
    }

    String help() {
        StringBuilder text = new StringBuilder("usage: ./ferrule ").append(name);
        options.forEach(option -> text.append(" [").append(option.usage()).append(']'));
        text.append('\n').append(summary).append("\n\n");
        options.forEach(option -> text.append(line(option.usage(), option.meaning())));
        return text.append(line("--help", "prints this")).toString();
    }

    static String line(String what, String meaning) {
        return String.format("  %-26s %s%n", what, meaning);
    }
}
