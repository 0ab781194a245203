package dev.ferrule.bench.run;

import dev.ferrule.bench.load.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Results as Markdown and as CSV. */
final class Tables {
    private Tables() {}

    /** CPU for each message: a row for each cell, a column for each subject. */
    static String overview(List<Result> results) {
        List<String> subjects = results.stream()
                .flatMap(result -> result.subjects().stream())
                .distinct()
                .toList();
        StringBuilder text = new StringBuilder();
        row(text, "cell", subjects);
        row(text, "---", subjects.stream().map(subject -> "---:").toList());
        for (Result result : results) {
            Figure figure = result.has(Figure.HEAP) ? Figure.HEAP : Figure.CPU;
            row(
                    text,
                    result.cell(),
                    subjects.stream()
                            .map(subject -> result.subjects().contains(subject) ? median(result, subject, figure) : "")
                            .toList());
        }
        return text.toString();
    }

    /** Everything about a cell: medians, the spread of the first figure, and its ratio to that of one subject. */
    static String of(Result result, String against) {
        List<Figure> figures = new ArrayList<>(List.of(Figure.values()));
        figures.removeIf(figure -> !result.has(figure));
        Figure first = result.has(Figure.HEAP) ? Figure.HEAP : Figure.CPU;
        figures.remove(first);
        List<String> heads = new ArrayList<>(List.of(first.title(), "least to most", "to " + against));
        figures.forEach(figure -> heads.add(figure.title()));
        StringBuilder text = new StringBuilder("### " + result.cell() + "\n\n");
        row(text, "", heads);
        row(text, "---", heads.stream().map(head -> "---:").toList());
        for (String subject : result.subjects()) {
            List<String> columns = new ArrayList<>();
            columns.add(median(result, subject, first));
            columns.add(result.spread(subject, first)
                    .map(spread -> number(spread.least()) + " to " + number(spread.most()))
                    .orElse(""));
            columns.add(ratio(result, subject, against, first));
            figures.forEach(figure -> columns.add(median(result, subject, figure)));
            row(text, subject, columns);
        }
        result.subjects()
                .forEach(subject -> result.failure(subject)
                        .ifPresent(failure -> text.append("\n")
                                .append(subject)
                                .append(" failed: ")
                                .append(failure)));
        return text.append("\n").toString();
    }

    /** Every median with its spread. */
    static String csv(List<Result> results) {
        StringBuilder text = new StringBuilder("cell,subject,figure,median,least,most\n");
        for (Result result : results) {
            for (String subject : result.subjects()) {
                for (Figure figure : Figure.values()) {
                    result.spread(subject, figure)
                            .ifPresent(spread -> text.append(String.format(
                                    Locale.ROOT,
                                    "%s,%s,%s,%.4f,%.4f,%.4f%n",
                                    result.cell(),
                                    subject,
                                    figure.name().toLowerCase(Locale.ROOT),
                                    spread.median(),
                                    spread.least(),
                                    spread.most())));
                }
            }
        }
        return text.toString();
    }

    private static String median(Result result, String subject, Figure figure) {
        return result.spread(subject, figure)
                .map(spread -> number(spread.median()))
                .orElse(result.failure(subject).isPresent() ? "failed" : "");
    }

    private static String ratio(Result result, String subject, String against, Figure figure) {
        Optional<Spread> own = result.spread(subject, figure);
        Optional<Spread> other = result.spread(against, figure);
        return own.isEmpty() || other.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, "%.2f", own.get().median() / other.get().median());
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f", value);
    }

    static void row(StringBuilder text, String first, List<String> columns) {
        text.append("| ").append(first);
        columns.forEach(column -> text.append(" | ").append(column));
        text.append(" |\n");
    }
}
