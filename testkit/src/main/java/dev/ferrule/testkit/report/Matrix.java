package dev.ferrule.testkit.report;

import dev.ferrule.testkit.run.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The report as tables in Markdown: the kept requirements by chapter, and all deviations by id. */
public final class Matrix {
    private static final List<Verdict> DEVIATIONS = List.of(Verdict.FAIL, Verdict.KNOWN, Verdict.WARN, Verdict.INFO);

    private Matrix() {}

    /**
     * {@return chapters down, peers across; in each cell the requirements that are kept, of those that were judged}
     *
     * @param cards one for each peer
     */
    public static String of(List<Card> cards) {
        Set<String> chapters = new LinkedHashSet<>();
        cards.forEach(card -> card.rows().forEach(row -> chapters.add(row.chapter())));
        StringBuilder table = new StringBuilder("| requirements kept |");
        cards.forEach(card -> table.append(' ').append(card.peer()).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(cards.size())).append('\n');
        chapters.stream().sorted(Matrix::byNumber).forEach(chapter -> {
            table.append("| ").append(chapter).append(" |");
            cards.forEach(card -> table.append(' ').append(cell(card, chapter)).append(" |"));
            table.append('\n');
        });
        table.append("| all |");
        cards.forEach(card -> table.append(" **").append(text(card.score())).append("** |"));
        return table.append('\n').toString();
    }

    /**
     * {@return a list of what isn't as the standard says, the most binding first: id, verdict, what was found}
     *
     * @param card the peer
     */
    public static String deviations(Card card) {
        StringBuilder text = new StringBuilder();
        for (Verdict verdict : DEVIATIONS) {
            Map<String, List<Row>> grouped = new LinkedHashMap<>();
            card.rows().stream()
                    .filter(row -> row.verdict() == verdict)
                    .forEach(row -> grouped.computeIfAbsent(row.requirement(), id -> new ArrayList<>())
                            .add(row));
            grouped.forEach((id, rows) -> text.append("- `")
                    .append(id)
                    .append("` ")
                    .append(Words.of(verdict))
                    .append(": ")
                    .append(rows.get(0).sentence())
                    .append(" (")
                    .append(rows.size())
                    .append(rows.size() == 1 ? " scenario: " : " scenarios, for instance ")
                    .append(rows.get(0).what())
                    .append(")\n"));
        }
        return text.toString();
    }

    static int byNumber(String one, String other) {
        int difference = Integer.compare(number(one), number(other));
        return difference != 0 ? difference : one.compareTo(other);
    }

    private static int number(String chapter) {
        String digits = chapter.replaceFirst("[^0-9].*", "");
        return digits.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static String cell(Card card, String chapter) {
        Score score = Score.of(card.rows().stream()
                .filter(row -> row.chapter().equals(chapter))
                .toList());
        return score.judged() == 0 ? "-" : text(score);
    }

    private static String text(Score score) {
        return score.kept() + "/" + score.judged();
    }
}
