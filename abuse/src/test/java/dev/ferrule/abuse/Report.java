package dev.ferrule.abuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The figures of a run, as a page: {@code target/abuse.md}, and {@code docs/abuse.md} if {@value #UPDATE} is set. */
final class Report {
    private static final String UPDATE = "ferrule.abuse.update";
    private static final List<String> ROWS = new ArrayList<>();

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

    static synchronized void add(String row, String engine, Outcome outcome) throws IOException {
        String line = "| " + row + " | " + engine + " | " + outcome + " |";
        System.out.println(line);
        ROWS.add(line);
        String page = head() + String.join("\n", ROWS) + "\n";
        Files.writeString(Path.of("target", "abuse.md"), page);
        if (System.getProperty(UPDATE) != null) {
            Files.writeString(Path.of("..", "docs", "abuse.md"), page);
        }
    }
}
