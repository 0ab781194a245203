package dev.ferrule.testkit.report;

import dev.ferrule.testkit.run.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One page that compares peers side by side; it loads nothing from anywhere, and works without scripts. */
public final class HtmlReport {
    private static final int LONGEST_TRANSCRIPT = 8000;

    private final List<Card> cards;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(List<Card> cards) {
        this.cards = cards;
    }

    /**
     * {@return the page}
     *
     * @param title its heading
     * @param cards one for each peer, in the order of the columns
     */
    public static String of(String title, List<Card> cards) {
        HtmlReport report = new HtmlReport(cards);
        report.page(title);
        return report.out.toString();
    }

    static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void page(String title) {
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(Xml.escape(title))
                .append("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n")
                .append(resource("report.css"))
                .append("</style></head>\n<body style=\"--peers:")
                .append(cards.size())
                .append("\">\n<header><h1>")
                .append(Xml.escape(title))
                .append(
                        "</h1>\n<p class=\"about\">Each requirement of RFC 6455 and its relatives is one row; it is as good "
                                + "as the worst of its scenarios. Open a row for what was found, and a scenario for what went over "
                                + "the wire.</p></header>\n<main>\n");
        peers();
        legend();
        chapters().forEach(this::chapter);
        out.append("</main>\n<footer>")
                .append(cards.stream()
                        .map(Card::environment)
                        .distinct()
                        .map(Xml::escape)
                        .collect(Collectors.joining("<br>")));
        out.append("</footer>\n<script>\n").append(resource("report.js")).append("</script>\n</body></html>\n");
    }

    private void peers() {
        out.append("<section class=\"peers\">\n");
        for (Card card : cards) {
            Score score = card.score();
            double part = score.judged() == 0 ? 0 : (double) score.kept() / score.judged();
            out.append("<article><svg viewBox=\"0 0 36 36\" role=\"img\" aria-label=\"")
                    .append(score.percent())
                    .append(" percent\"><circle class=\"track\" cx=\"18\" cy=\"18\" r=\"15.9155\"/>")
                    .append("<circle class=\"part\" cx=\"18\" cy=\"18\" r=\"15.9155\" stroke-dasharray=\"")
                    .append(String.format(Locale.ROOT, "%.2f", 100 * part))
                    .append(" 100\"/><text x=\"18\" y=\"20.6\">")
                    .append(score.percent())
                    .append("%</text></svg><div><h2>")
                    .append(Xml.escape(card.peer()))
                    .append("</h2><p class=\"score\">")
                    .append(score.kept())
                    .append(" of ")
                    .append(score.judged())
                    .append(" requirements kept</p><p class=\"meta\">")
                    .append(card.role().name().toLowerCase(Locale.ROOT))
                    .append(", ")
                    .append(card.rows().size())
                    .append(" scenarios, ")
                    .append(card.made().toString(), 0, 10)
                    .append(card.strict() ? ", strict" : "")
                    .append("</p><p class=\"tally\">");
            card.tally().forEach((verdict, count) -> {
                if (count > 0) {
                    out.append(pill(verdict, String.valueOf(count)));
                }
            });
            out.append("</p></div></article>\n");
        }
        out.append("</section>\n");
    }

    private void legend() {
        out.append("<section class=\"legend\"><div class=\"filters\" hidden>")
                .append("<button data-show=\"all\" aria-pressed=\"true\">all</button>")
                .append("<button data-show=\"deviations\">deviations</button>")
                .append(cards.size() > 1 ? "<button data-show=\"differences\">differences</button>" : "")
                .append("</div><p>");
        for (Verdict verdict : Verdict.values()) {
            out.append("<span>")
                    .append(pill(verdict, ""))
                    .append(' ')
                    .append(Words.of(verdict))
                    .append("</span> ");
        }
        out.append("</p></section>\n");
    }

    private List<String> chapters() {
        return cards.stream()
                .flatMap(card -> card.rows().stream())
                .map(Row::chapter)
                .distinct()
                .sorted(Matrix::byNumber)
                .toList();
    }

    private void chapter(String chapter) {
        Map<String, Row> requirements = new LinkedHashMap<>();
        cards.forEach(card -> card.rows().stream()
                .filter(row -> row.chapter().equals(chapter))
                .forEach(row -> requirements.putIfAbsent(row.requirement(), row)));
        out.append("<section class=\"chapter\"><h2>")
                .append(Xml.escape(chapter))
                .append("</h2>\n");
        out.append("<div class=\"line head\"><span>requirement</span>");
        cards.forEach(card -> out.append("<span class=\"cell\">")
                .append(Xml.escape(card.peer()))
                .append("</span>"));
        out.append("</div>\n");
        requirements.values().forEach(this::requirement);
        out.append("</section>\n");
    }

    private void requirement(Row first) {
        List<List<Row>> columns = new ArrayList<>();
        cards.forEach(card -> columns.add(card.rows().stream()
                .filter(row -> row.requirement().equals(first.requirement()))
                .toList()));
        List<Verdict> worst = columns.stream().map(HtmlReport::worst).toList();
        boolean deviates = worst.stream().anyMatch(verdict -> verdict != Verdict.PASS && verdict != Verdict.SKIP);
        boolean differs = worst.stream().distinct().count() > 1;
        out.append("<details class=\"requirement")
                .append(deviates ? " deviates" : "")
                .append(differs ? " differs" : "")
                .append("\" id=\"")
                .append(Xml.escape(first.requirement()))
                .append("\"><summary class=\"line\"><span class=\"rule\"><span class=\"sentence\">")
                .append(Xml.escape(first.sentence()))
                .append("</span> <span class=\"id\">")
                .append(Xml.escape(first.requirement()))
                .append("</span></span>");
        for (int i = 0; i < columns.size(); i++) {
            out.append("<span class=\"cell\"><span class=\"name\">")
                    .append(Xml.escape(cards.get(i).peer()))
                    .append("</span> ")
                    .append(cell(columns.get(i)))
                    .append("</span>");
        }
        out.append("</summary>\n<div class=\"body\"><p class=\"section\">")
                .append(Xml.escape(first.section()))
                .append("</p>");
        for (int i = 0; i < columns.size(); i++) {
            findings(cards.get(i), columns.get(i));
        }
        out.append("</div></details>\n");
    }

    private void findings(Card card, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<Row> passed =
                rows.stream().filter(row -> row.verdict() == Verdict.PASS).toList();
        out.append("<h3>").append(Xml.escape(card.peer())).append("</h3>");
        for (Row row : rows) {
            if (row.verdict() != Verdict.PASS) {
                scenario(row);
            }
        }
        if (!passed.isEmpty()) {
            out.append("<details class=\"passed\"><summary>")
                    .append(pill(Verdict.PASS, String.valueOf(passed.size())))
                    .append(" passed</summary><ul>");
            passed.forEach(
                    row -> out.append("<li>").append(Xml.escape(row.what())).append("</li>"));
            out.append("</ul></details>");
        }
    }

    private void scenario(Row row) {
        out.append("<details class=\"scenario\"><summary>")
                .append(pill(row.verdict(), ""))
                .append(' ')
                .append(Xml.escape(row.what()))
                .append(" <code>")
                .append(Xml.escape(row.id()))
                .append("</code></summary><ul>");
        row.findings()
                .forEach(finding ->
                        out.append("<li>").append(Xml.escape(finding)).append("</li>"));
        out.append("</ul>");
        if (!row.transcript().isEmpty()) {
            boolean cut = row.transcript().length() > LONGEST_TRANSCRIPT;
            out.append("<pre>")
                    .append(Xml.escape(cut ? row.transcript().substring(0, LONGEST_TRANSCRIPT) : row.transcript()))
                    .append(cut ? "\n... the whole is in the JSON report" : "")
                    .append("</pre>");
        }
        out.append("</details>");
    }

    private static Verdict worst(List<Row> rows) {
        return rows.stream().map(Row::verdict).reduce(Verdict.SKIP, Score::worse);
    }

    private static String cell(List<Row> rows) {
        if (rows.isEmpty()) {
            return "<span class=\"none\">not for it</span>";
        }
        Verdict worst = worst(rows);
        long good = rows.stream().filter(row -> row.verdict() == Verdict.PASS).count();
        long ran = rows.stream().filter(row -> row.verdict() != Verdict.SKIP).count();
        return pill(worst, ran == 0 ? "" : good + "/" + ran);
    }

    private static String pill(Verdict verdict, String text) {
        return "<span class=\"pill " + verdict.name().toLowerCase(Locale.ROOT) + "\" title=\"" + Words.of(verdict)
                + "\"><b>" + Words.sign(verdict) + "</b>" + (text.isEmpty() ? "" : " " + text) + "</span>";
    }
}
