package dev.ferrule.testkit.report;

import dev.ferrule.testkit.run.Verdict;
import java.util.List;
import java.util.Locale;

/** The report as JUnit XML, which every CI server shows: a suite per peer, a test per scenario. */
public final class JUnitXml {
    private JUnitXml() {}

    /**
     * {@return the document}
     *
     * @param cards one for each peer
     */
    public static String of(List<Card> cards) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        cards.forEach(card -> suite(card, out));
        return out.append("</testsuites>\n").toString();
    }

    private static void suite(Card card, StringBuilder out) {
        long skipped =
                card.tally().getOrDefault(Verdict.SKIP, 0L) + card.tally().getOrDefault(Verdict.KNOWN, 0L);
        out.append(String.format(
                Locale.ROOT,
                "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\""
                        + " time=\"%.3f\" timestamp=\"%s\">%n",
                Xml.escape(card.peer()),
                card.rows().size(),
                card.tally().getOrDefault(Verdict.FAIL, 0L),
                skipped,
                card.rows().stream().mapToLong(Row::millis).sum() / 1e3,
                card.made()));
        card.rows().forEach(row -> test(row, out));
        out.append("  </testsuite>\n");
    }

    private static void test(Row row, StringBuilder out) {
        out.append(String.format(
                Locale.ROOT,
                "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"",
                Xml.escape(row.requirement()),
                Xml.escape(row.sentence() + ": " + row.what() + " [" + row.id() + "]"),
                row.millis() / 1e3));
        String findings = Xml.escape(String.join("; ", row.findings()));
        String all = Xml.escape(String.join("\n", row.findings()) + "\n" + row.transcript());
        switch (row.verdict()) {
            case PASS -> out.append("/>\n");
            case FAIL ->
                out.append(">\n      <failure message=\"")
                        .append(findings)
                        .append("\">")
                        .append(all)
                        .append("</failure>\n    </testcase>\n");
            case SKIP, KNOWN ->
                out.append(">\n      <skipped message=\"").append(findings).append("\"/>\n    </testcase>\n");
            case WARN, INFO ->
                out.append(">\n      <system-out>").append(all).append("</system-out>\n    </testcase>\n");
        }
    }
}
