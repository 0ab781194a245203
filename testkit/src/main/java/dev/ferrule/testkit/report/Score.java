package dev.ferrule.testkit.report;

import dev.ferrule.testkit.run.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many requirements are kept. A requirement is as good as the worst of its scenarios, so that five hundred cases of
 * one rule weigh no more than one case of another.
 *
 * @param worst the worst verdict of each requirement that is judged, in order
 */
public record Score(Map<String, Verdict> worst) {
    private static final List<Verdict> FROM_BAD =
            List.of(Verdict.FAIL, Verdict.KNOWN, Verdict.WARN, Verdict.INFO, Verdict.PASS, Verdict.SKIP);

    static Score of(List<Row> rows) {
        Map<String, Verdict> worst = new LinkedHashMap<>();
        rows.forEach(row -> worst.merge(row.requirement(), row.verdict(), Score::worse));
        return new Score(worst);
    }

    /**
     * {@return the worse of two verdicts; what was skipped says nothing}
     *
     * @param one a verdict
     * @param other another one
     */
    public static Verdict worse(Verdict one, Verdict other) {
        return FROM_BAD.indexOf(one) < FROM_BAD.indexOf(other) ? one : other;
    }

    /** {@return how many requirements are judged: those with a scenario that was not skipped} */
    public long judged() {
        return worst.size() - count(Verdict.SKIP);
    }

    /** {@return how many requirements are kept: nothing that a MUST asks for is broken} */
    public long kept() {
        return judged() - count(Verdict.FAIL) - count(Verdict.KNOWN);
    }

    /** {@return the kept ones of a hundred, rounded down, so that 100 means all} */
    public int percent() {
        return judged() == 0 ? 0 : (int) (100 * kept() / judged());
    }

    private long count(Verdict verdict) {
        return worst.values().stream().filter(verdict::equals).count();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kept", kept());
        json.put("judged", judged());
        Map<String, Object> requirements = new LinkedHashMap<>();
        worst.forEach((id, verdict) -> requirements.put(id, verdict.name().toLowerCase(Locale.ROOT)));
        json.put("requirements", requirements);
        return json;
    }
}
