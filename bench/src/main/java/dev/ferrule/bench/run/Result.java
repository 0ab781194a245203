package dev.ferrule.bench.run;

import dev.ferrule.bench.load.Figure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All runs of a cell, as they are kept.
 *
 * @param cell its name
 * @param conditions under which they were made
 * @param runs in the order in which they were made
 */
record Result(String cell, Conditions conditions, List<Run> runs) {
    /**
     * One server or client, once.
     *
     * @param subject its name
     * @param round from 1 on
     * @param figures what was measured, nothing if it failed
     * @param failure what went wrong, empty if nothing did
     */
    record Run(String subject, int round, Map<Figure, Double> figures, String failure) {}

    /** Servers or clients, in the order of the tables. */
    List<String> subjects() {
        return runs.stream().map(Run::subject).distinct().toList();
    }

    /** A figure of all rounds, empty if there is none. */
    Optional<Spread> spread(String subject, Figure figure) {
        double[] values = runs.stream()
                .filter(run -> run.subject().equals(subject) && run.figures().containsKey(figure))
                .mapToDouble(run -> run.figures().get(figure))
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Whether anybody has this figure. */
    boolean has(Figure figure) {
        return runs.stream().anyMatch(run -> run.figures().containsKey(figure));
    }

    /** What went wrong with one, the first time. */
    Optional<String> failure(String subject) {
        return runs.stream()
                .filter(run -> run.subject().equals(subject) && !run.failure().isEmpty())
                .map(Run::failure)
                .findFirst();
    }
}
