package dev.ferrule.abuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a run, as a page: {@code target/abuse.md}, and {@code docs/abuse.md} if {@value #UPDATE} is set. */
final class Report {
    private static final String UPDATE = "ferrule.abuse.update";
    /** By row and engine, and each without its protections behind itself. */
    private static final Map<String, String> ROWS = new TreeMap<>();

    private Report() {}

    private static String head() {
        return """
            # The abuse matrix

            What peers do that they must not, and what it costs. Each server runs in a JVM of its own with `-Xmx256m`, and while a
            row runs a well-behaved connection to it goes on, whose echoes are counted. Its timeouts for handshakes, writes and
            the closing handshake are 2 s, and its send queues 64 KiB, so that a thousand of them fit into the heap.
            A row "without" something runs with that protection switched off, and must not hold, for a row that can't fail
            proves nothing.

            What 10,000 idle connections cost the engines' own WebSockets is in [performance](performance.md), beside Ferrule's.

            Generated, with %s on %d processors, by

                ./mvnw verify -pl abuse -am -Pabuse -Dferrule.abuse.update

            | row | engine | figures | |
            | --- | --- | --- | --- |
            """.formatted(
                "JDK " + Runtime.version().feature(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * Notes what a row found.
     *
     * @param without the protections that were switched off, in words; empty if the row must hold
     */
    static synchronized void add(String row, String engine, String without, Outcome outcome) throws IOException {
        boolean holds = outcome.broken().isEmpty();
        String verdict = outcome.verdict();
        if (!without.isEmpty()) {
            verdict = holds ? "**holds, though it must not**" : "as it must be, " + verdict;
        } else if (!holds) {
            verdict = "**" + verdict + "**";
        }
        String name = without.isEmpty() ? row : row + ", without " + without;
        String line = "| " + name + " | " + engine + " | " + outcome.figures() + " | " + verdict + " |";
        System.out.println(line);
        ROWS.put(row + "/" + engine + "/" + without, line);
        String page = head() + String.join("\n", ROWS.values()) + "\n";
        Files.writeString(Path.of("target", "abuse.md"), page);
        if (System.getProperty(UPDATE) != null) {
            Files.writeString(Path.of("..", "docs", "abuse.md"), page);
        }
    }
}
