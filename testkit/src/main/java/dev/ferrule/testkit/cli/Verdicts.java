package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.report.Card;
import dev.ferrule.testkit.report.Matrix;
import dev.ferrule.testkit.report.ReportFolder;
import dev.ferrule.testkit.run.Report;
import dev.ferrule.testkit.run.Result;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells what came of a run, and decides the status.
 *
 * @param console where to tell it
 * @param role the role of the endpoint under test
 * @param seed of what was generated
 * @param baseline an earlier report to compare with
 * @param folder where to write reports
 */
record Verdicts(Console console, Role role, long seed, Optional<Card> baseline, Optional<Path> folder) {
    /** Transcripts shown per requirement; of the rest of its failures the findings are enough. */
    private static final int TRANSCRIPTS = 2;

    static Verdicts of(Arguments arguments, Console console, Role role) throws UsageException, IOException {
        Optional<String> file = arguments.text(Option.BASELINE);
        Optional<Card> baseline = file.isEmpty() ? Optional.empty() : Optional.of(card(Path.of(file.get())));
        return new Verdicts(
                console,
                role,
                Setup.seed(arguments),
                baseline,
                arguments.text(Option.REPORT).map(Path::of));
    }

    static Card card(Path file) throws UsageException, IOException {
        try {
            return Card.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    Status tell(Report report, boolean strict, long nanos) throws IOException {
        Card card = Card.of(report, role, seed, strict);
        Set<String> before = new HashSet<>();
        baseline.ifPresent(old ->
                old.rows().stream().filter(row -> row.verdict() == Verdict.FAIL).forEach(row -> before.add(row.id())));
        List<Result> failed = report.with(Verdict.FAIL);
        List<Result> worse = failed.stream()
                .filter(result -> !before.contains(result.scenario().id()))
                .toList();
        explain(worse);
        if (folder.isPresent()) {
            ReportFolder.write(folder.get(), "WebSocket conformance of " + report.peer(), List.of(card));
        }
        console.block(Matrix.of(List.of(card)));
        summary(card, nanos);
        if (baseline.isPresent()) {
            long better = report.results().stream()
                    .filter(result -> result.verdict() != Verdict.FAIL)
                    .filter(result -> before.contains(result.scenario().id()))
                    .count();
            console.line((failed.size() - worse.size()) + " fail as in the baseline, " + worse.size() + " fail anew, "
                    + better + " fail no more");
        }
        folder.ifPresent(path -> console.line("reports in " + path + ", " + path.resolve("index.html") + " first"));
        return worse.isEmpty() ? Status.GOOD : Status.FAILED;
    }

    private void explain(List<Result> failed) {
        Map<String, Integer> shown = new HashMap<>();
        for (Result result : failed) {
            int count = shown.merge(result.scenario().requirement().id(), 1, Integer::sum);
            console.line(
                    console.coloured(Verdict.FAIL, "FAIL " + result.scenario().id()));
            Result told = count <= TRANSCRIPTS
                    ? result
                    : new Result(result.scenario(), result.verdict(), result.findings(), "", result.took());
            console.block(told.explain().lines().skip(1).collect(Collectors.joining("\n")) + "\n");
        }
    }

    private void summary(Card card, long nanos) {
        String tally = card.tally().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> console.coloured(
                        entry.getKey(),
                        entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        console.line(String.format(
                Locale.ROOT, "%n%d scenarios in %.1f s: %s", card.rows().size(), nanos / 1e9, tally));
        console.line(console.strong(card.score().kept() + " of " + card.score().judged() + " requirements kept"));
    }
}
