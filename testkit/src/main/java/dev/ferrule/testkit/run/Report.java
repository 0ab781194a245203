package dev.ferrule.testkit.run;

import dev.ferrule.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The results of one run.
 *
 * @param peer the name of the endpoint under test
 * @param results one for each scenario that was planned
 */
public record Report(String peer, List<Result> results) {
    /** Copies the list. */
    public Report {
        results = List.copyOf(results);
    }

    /** Checks the tally: a kit that silently skips scenarios is worse than none. */
    static Report of(String peer, List<Scenario> plan, List<Result> results) {
        if (!results.stream().map(Result::scenario).toList().equals(plan)) {
            throw new IllegalStateException(plan.size() + " scenarios were planned, " + results.size() + " ran");
        }
        return new Report(peer, results);
    }

    /** {@return whether nothing failed} */
    public boolean good() {
        return results.stream().allMatch(result -> result.verdict().good());
    }

    /**
     * The results with these verdicts.
     *
     * @param verdicts which
     * @return their results in order
     */
    public List<Result> with(Verdict... verdicts) {
        Set<Verdict> wanted = Set.of(verdicts);
        return results.stream()
                .filter(result -> wanted.contains(result.verdict()))
                .toList();
    }

    /** {@return how many scenarios have each verdict} */
    public Map<Verdict, Integer> tally() {
        Map<Verdict, Integer> tally = new EnumMap<>(Verdict.class);
        results.forEach(result -> tally.merge(result.verdict(), 1, Integer::sum));
        return tally;
    }

    /** {@return everything that did not just pass, each explained} */
    public String explain() {
        return with(Verdict.FAIL, Verdict.WARN, Verdict.INFO, Verdict.KNOWN).stream()
                .map(Result::explain)
                .collect(Collectors.joining("\n"));
    }

    /**
     * A table in Markdown: chapters down, endpoints across, in each cell the scenarios that are good, of those that
     * ran.
     *
     * @param reports one for each endpoint
     * @return the table
     */
    public static String matrix(List<Report> reports) {
        Set<String> chapters = new LinkedHashSet<>();
        reports.forEach(report -> report.results()
                .forEach(result -> chapters.add(result.scenario().requirement().chapter())));
        List<String> ordered = chapters.stream().sorted().toList();
        StringBuilder table = new StringBuilder("| chapter |");
        reports.forEach(report -> table.append(' ').append(report.peer()).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(reports.size())).append('\n');
        List<String> rows = new ArrayList<>(ordered);
        rows.add("all");
        for (String row : rows) {
            table.append("| ").append(row).append(" |");
            reports.forEach(report -> table.append(' ').append(report.cell(row)).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    private String cell(String chapter) {
        Map<Verdict, Integer> tally = new EnumMap<>(Verdict.class);
        results.stream()
                .filter(result -> chapter.equals("all")
                        || result.scenario().requirement().chapter().equals(chapter))
                .forEach(result -> tally.merge(result.verdict(), 1, Integer::sum));
        int skipped = tally.getOrDefault(Verdict.SKIP, 0);
        int ran = tally.values().stream().mapToInt(Integer::intValue).sum() - skipped;
        if (ran == 0) {
            return "-";
        }
        String passed = tally.getOrDefault(Verdict.PASS, 0) + "/" + ran;
        String others = tally.entrySet().stream()
                .filter(entry -> entry.getKey() != Verdict.PASS && entry.getKey() != Verdict.SKIP)
                .map(entry -> entry.getValue() + " " + entry.getKey().toString().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? passed : passed + " (" + others + ")";
    }
}
