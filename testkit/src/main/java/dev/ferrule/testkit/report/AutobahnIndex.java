package dev.ferrule.testkit.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report as the {@code index.json} of the Autobahn test suite, for scripts that read one: agents, in each of them
 * cases, in each of them {@code behavior}. A declared failure is a failure there.
 */
public final class AutobahnIndex {
    private AutobahnIndex() {}

    /**
     * {@return the document}
     *
     * @param cards one for each peer
     */
    public static String of(List<Card> cards) {
        Map<String, Object> agents = new LinkedHashMap<>();
        for (Card card : cards) {
            Map<String, Object> cases = new LinkedHashMap<>();
            card.rows().forEach(row -> cases.put(row.id(), entry(row)));
            agents.put(card.peer(), cases);
        }
        return Json.write(agents);
    }

    private static Map<String, Object> entry(Row row) {
        String behavior = behavior(row);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("behavior", behavior);
        entry.put("behaviorClose", behavior);
        entry.put("duration", row.millis());
        entry.put("reportfile", "index.html");
        return entry;
    }

    private static String behavior(Row row) {
        return switch (row.verdict()) {
            case PASS -> "OK";
            case WARN -> "NON-STRICT";
            case INFO -> "INFORMATIONAL";
            case SKIP -> "UNIMPLEMENTED";
            case KNOWN, FAIL -> "FAILED";
        };
    }
}
