package dev.ferrule.testkit.report;

import dev.ferrule.testkit.run.Report;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.wire.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that is reported of one peer: what a JSON report holds, and what every other form is made from.
 *
 * @param peer its name, with its version if that is known
 * @param role the role of the endpoint under test
 * @param made when the run ended
 * @param environment the kit's version, Java and system
 * @param seed of what was generated
 * @param strict whether a broken SHOULD fails
 * @param rows one for each scenario that was planned
 */
public record Card(
        String peer, Role role, Instant made, String environment, long seed, boolean strict, List<Row> rows) {
    /** The name of the format, and its version; a change that breaks readers has another one. */
    public static final String FORMAT = "ferrule-testkit-report-1";

    /** Copies the list. */
    public Card {
        rows = List.copyOf(rows);
    }

    /**
     * {@return what is reported of a run that has just ended}
     *
     * @param report the results
     * @param role the role of the endpoint under test
     * @param seed of what was generated
     * @param strict whether a broken SHOULD fails
     */
    public static Card of(Report report, Role role, long seed, boolean strict) {
        List<Row> rows = report.results().stream().map(Row::of).toList();
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        return new Card(report.peer(), role, now, thisEnvironment(), seed, strict, rows);
    }

    /** {@return how many scenarios have each verdict, those without any as 0} */
    public Map<Verdict, Long> tally() {
        Map<Verdict, Long> tally = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            tally.put(
                    verdict,
                    rows.stream().filter(row -> row.verdict() == verdict).count());
        }
        return tally;
    }

    /** {@return the score, by requirements} */
    public Score score() {
        return Score.of(rows);
    }

    /** {@return the report as JSON, as {@code report.schema.json} describes it} */
    public String json() {
        Map<String, Object> tally = new LinkedHashMap<>();
        tally().forEach((verdict, count) -> tally.put(verdict.name().toLowerCase(Locale.ROOT), count));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("peer", peer);
        json.put("role", role.name().toLowerCase(Locale.ROOT));
        json.put("made", made.toString());
        json.put("environment", environment);
        json.put("seed", seed);
        json.put("strict", strict);
        json.put("score", score().json());
        json.put("tally", tally);
        json.put("results", rows.stream().map(Row::json).toList());
        return Json.write(json);
    }

    /**
     * {@return a report that was written as JSON}
     *
     * @param text the JSON
     * @throws IllegalArgumentException if it is no such report
     */
    public static Card parse(String text) {
        if (!(Json.read(text) instanceof Map<?, ?> json) || !FORMAT.equals(json.get("format"))) {
            throw new IllegalArgumentException("no report of the format " + FORMAT);
        }
        List<Row> rows = new java.util.ArrayList<>();
        for (Object row : Json.member(json, "results", List.class)) {
            if (!(row instanceof Map<?, ?> object)) {
                throw new IllegalArgumentException("a result is no object");
            }
            rows.add(Row.parse(object));
        }
        return new Card(
                Json.member(json, "peer", String.class),
                Role.valueOf(Json.member(json, "role", String.class).toUpperCase(Locale.ROOT)),
                Instant.parse(Json.member(json, "made", String.class)),
                Json.member(json, "environment", String.class),
                Json.member(json, "seed", Long.class),
                Json.member(json, "strict", Boolean.class),
                rows);
    }

    /** A jar names its version in its manifest; a folder of classes has none. */
    private static String thisEnvironment() {
        String version = Card.class.getPackage().getImplementationVersion();
        return "ferrule-testkit " + (version == null ? "unpackaged" : version) + ", Java "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }
}
