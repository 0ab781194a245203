package dev.ferrule.bench.run;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of the command, checked before anything starts. */
final class Options {
    /**
     * What an option is.
     *
     * @param value how help shows what follows it, empty if nothing does
     * @param otherwise its value if it isn't given
     * @param meaning a line of help
     */
    private record Kind(String value, String otherwise, String meaning) {}

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("--cells", new Kind("NAMES", "small,large", "what to measure: cells, groups of cells, or all"));
        KINDS.put("--only", new Kind("GLOBS", "*", "whom to measure, for instance 'ferrule-*,netty'"));
        KINDS.put("--rounds", new Kind("N", "5", "how often, in turn"));
        KINDS.put("--seconds", new Kind("S", "2", "how long each time"));
        KINDS.put(
                "--warmup",
                new Kind(
                        "S",
                        "30",
                        "how long at most before the first time, until the JIT compilers rest, and half of it at least"));
        KINDS.put("--against", new Kind("NAME", "netty", "to whose figures the ratios are"));
        KINDS.put("--out", new Kind("DIR", "bench-results", "where runs, tables and charts go"));
        KINDS.put("--report", new Kind("", "", "measures nothing: makes tables and charts of the runs that are there"));
        KINDS.put("--parts", new Kind("REGEX", "", "runs the JMH benchmarks of the parts instead"));
        KINDS.put("--serve", new Kind("NAME", "", "runs one of the servers instead, until its standard input ends"));
        KINDS.put("--port", new Kind("N", "0", "where that server listens"));
        KINDS.put("--control", new Kind("N", "0", "where that server says what it has used"));
        KINDS.put("--max-message", new Kind("BYTES", "1048576", "the longest message of that server"));
        KINDS.put("--help", new Kind("", "", "this text"));
    }

    private final Map<String, String> given = new HashMap<>();

    private Options() {}

    static Options parse(List<String> words) {
        Options options = new Options();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            Kind kind = KINDS.get(word);
            if (kind == null) {
                throw new IllegalArgumentException("there is no option " + word);
            }
            if (!kind.value().isEmpty() && !rest.hasNext()) {
                throw new IllegalArgumentException(word + " needs a value: " + word + " " + kind.value());
            }
            options.given.put(word, kind.value().isEmpty() ? "" : rest.next());
        }
        options.cells();
        options.plan();
        if (Main.chosen(Main.subjects(), options.text("--only")).isEmpty()) {
            throw new IllegalArgumentException(
                    "--only " + options.text("--only") + " matches none of " + Main.subjects());
        }
        return options;
    }

    static String help() {
        StringBuilder text = new StringBuilder("usage: ./ferrule bench [OPTION]...\n\n");
        KINDS.forEach((name, kind) -> text.append(String.format(
                "  %-22s %s%s%n",
                name + " " + kind.value(),
                kind.meaning(),
                kind.otherwise().isEmpty() ? "" : "; " + kind.otherwise() + " by default")));
        return text + "\nGroups of cells:\n" + Cells.help() + "\nWhom there is:\n  " + String.join(" ", Main.subjects())
                + "\n";
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    String text(String name) {
        return given.getOrDefault(
                name, KINDS.getOrDefault(name, new Kind("", "", "")).otherwise());
    }

    List<Cell> cells() {
        return Cells.parse(text("--cells"));
    }

    Plan plan() {
        return new Plan((int) number("--rounds", 1, 1000), number("--seconds", 0.1, 3600), number("--warmup", 0, 3600));
    }

    private double number(String name, double least, double most) {
        double number;
        try {
            number = Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(
                    name + " is '" + text(name) + "', a number from " + least + " to " + most + " is needed");
        }
        return number;
    }
}
