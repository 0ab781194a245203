package dev.ferrule.testkit.cli;

import java.util.ArrayList;
import java.util.List;

/** Splits a command into words as a shell would, without any other thing that shells do. */
final class CommandLine {
    private CommandLine() {}

    /** Words apart by spaces; what stands in single or double quotes is one word. */
    static List<String> split(String command) throws UsageException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (c == ' ') {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new UsageException("a quotation is open in: " + command);
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
