package dev.ferrule.bench.run;

import dev.ferrule.bench.client.ClientProcess;
import dev.ferrule.bench.server.ServerProcess;
import dev.ferrule.bench.server.Servers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./ferrule bench} runs. */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Main() {}

    /**
     * Measures, and ends the process with its status.
     *
     * @param args the options
     * @throws Exception if a server or JMH that was asked for by name can't run
     */
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println("ferrule bench: " + e.getMessage() + " (./ferrule bench --help lists the options)");
            System.exit(WRONG_USAGE);
            return;
        }
        if (options.has("--help")) {
            System.out.print(Options.help());
        } else if (options.has("--parts")) {
            org.openjdk.jmh.Main.main(new String[] {options.text("--parts")});
        } else if (options.has("--serve")) {
            ServerProcess.main(new String[] {
                options.text("--serve"),
                options.text("--port"),
                options.text("--control"),
                options.text("--max-message")
            });
        } else {
            System.exit(run(options, System.out, System.err));
        }
    }

    static int run(Options options, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        Path folder = Path.of(options.text("--out"));
        Archive archive = new Archive(folder.resolve("runs"));
        int failures = options.has("--report") ? 0 : measure(options, archive, err);
        List<Result> results = archive.read();
        new Charts(folder.resolve("charts")).draw(results);
        String tables = tables(results, options.text("--against"));
        Files.writeString(folder.resolve("tables.md"), tables);
        Files.writeString(folder.resolve("figures.csv"), Tables.csv(results));
        out.print(tables);
        return failures == 0 ? 0 : FAILED;
    }

    private static int measure(Options options, Archive archive, PrintStream err)
            throws IOException, InterruptedException {
        Cores cores = Cores.find();
        cores.moveHere();
        Plan plan = options.plan();
        int failures = 0;
        for (Cell cell : options.cells()) {
            List<String> subjects =
                    chosen(cell.ofServers() ? Servers.names() : ClientProcess.names(), options.text("--only"));
            if (subjects.isEmpty()) {
                continue;
            }
            Conditions conditions = Conditions.now(cores.pinned(), plan.seconds(), plan.warmup());
            try (Runner runner = new Runner(cell, plan, cores, err)) {
                List<Result.Run> runs =
                        runner.run(subjects, all -> archive.keep(new Result(cell.name(), conditions, all)));
                failures += (int)
                        runs.stream().filter(run -> !run.failure().isEmpty()).count();
            }
        }
        return failures;
    }

    private static String tables(List<Result> results, String against) {
        StringBuilder text = new StringBuilder("## Overview\n\n").append(Tables.overview(results));
        text.append("\n## Ratios to keep\n\n").append(Target.table(results)).append("\n## Cells\n\n");
        results.forEach(result -> text.append(Tables.of(result, against)).append("\n"));
        return text.toString();
    }

    /** Those of the names that match one of the globs. */
    static List<String> chosen(List<String> names, String globs) {
        List<PathMatcher> matchers = new ArrayList<>();
        for (String glob : globs.split(",", -1)) {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
        }
        return names.stream()
                .filter(name -> matchers.stream().anyMatch(matcher -> matcher.matches(Path.of(name))))
                .toList();
    }

    /** The names of everything that can be measured. */
    static List<String> subjects() {
        List<String> all = new ArrayList<>(Servers.names());
        all.addAll(ClientProcess.names());
        return List.copyOf(all);
    }
}
