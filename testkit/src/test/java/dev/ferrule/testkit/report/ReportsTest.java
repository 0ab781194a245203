package dev.ferrule.testkit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.wire.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A report")
class ReportsTest {
    private static final Card CARD = new Card(
            "a & b <1>",
            Role.SERVER,
            Instant.parse("2026-01-01T00:00:00Z"),
            "here",
            1,
            true,
            List.of(
                    row("6455-5.1-2/a", Verdict.PASS),
                    row("6455-5.1-2/b", Verdict.FAIL),
                    row("6455-5.1-3/a", Verdict.PASS),
                    row("6455-5.1-4/a", Verdict.SKIP),
                    row("6455-5.2-1/a", Verdict.WARN)));

    private static Row row(String id, Verdict verdict) {
        return new Row(
                id,
                List.of(id.replaceFirst("/.*", "")),
                "must",
                "3 Framing",
                "section",
                "sentence",
                "what",
                verdict,
                3,
                List.of("found <that> & \u0001"),
                "transcript");
    }

    @Test
    @DisplayName("counts requirements: one that is broken once is broken, one that was skipped doesn't count")
    void score() {
        assertEquals(2, CARD.score().kept());
        assertEquals(3, CARD.score().judged());
        assertEquals(66, CARD.score().percent());
    }

    @Test
    @DisplayName("comes back from JSON as it was, and keeps to its schema")
    void json() {
        assertEquals(CARD, Card.parse(CARD.json()));
        Map<?, ?> schema = (Map<?, ?>) Json.read(HtmlReport.resource("report.schema.json"));
        assertEquals(List.of(), new Schema(schema).problems(Json.read(CARD.json())));
        Object wrong = Json.read(CARD.json().replace("\"fail\"", "\"bad\"").replace("\"made\"", "\"done\""));
        assertEquals(
                5,
                new Schema(schema).problems(wrong).size(),
                () -> new Schema(schema).problems(wrong).toString());
    }

    @Test
    @DisplayName("as JUnit XML has a failure for each failure, and escapes what XML can't have")
    void junit() {
        String xml = JUnitXml.of(List.of(CARD));
        assertEquals(5, xml.split("<testcase", -1).length - 1);
        assertEquals(1, xml.split("<failure", -1).length - 1);
        assertEquals(1, xml.split("<skipped", -1).length - 1);
        assertTrue(xml.contains("found &lt;that&gt; &amp; \ufffd") && !xml.contains("\u0001"), xml);
    }

    @Test
    @DisplayName("as HTML loads nothing and escapes everything")
    void html() {
        String page = HtmlReport.of("<title>", List.of(CARD, CARD));
        assertTrue(page.contains("&lt;title&gt;") && page.contains("a &amp; b &lt;1&gt;"));
        assertTrue(!page.contains("src=") && !page.contains("href=") && !page.contains("url("), "nothing is loaded");
    }

    @Test
    @DisplayName("has Autobahn's words and a badge")
    void others() {
        Map<?, ?> agents = (Map<?, ?>) Json.read(AutobahnIndex.of(List.of(CARD)));
        Map<?, ?> cases = (Map<?, ?>) agents.get("a & b <1>");
        assertEquals("FAILED", ((Map<?, ?>) cases.get("6455-5.1-2/b")).get("behavior"));
        assertEquals("NON-STRICT", ((Map<?, ?>) cases.get("6455-5.2-1/a")).get("behavior"));
        assertEquals("2 of 3", ((Map<?, ?>) Json.read(Badge.of(CARD))).get("message"));
        assertTrue(Matrix.of(List.of(CARD)).contains("| 3 Framing | 2/3 |"), Matrix.of(List.of(CARD)));
    }
}
