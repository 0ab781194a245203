package dev.ferrule.testkit.report;

import dev.ferrule.testkit.run.Result;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Requirement;
import dev.ferrule.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One scenario in a report, without anything that only a running kit has.
 *
 * @param id the id of the scenario
 * @param requirements the ids of the rules that it verifies, the first one first
 * @param level must, should or info
 * @param chapter the chapter of the requirements
 * @param section the RFC and section of the first requirement
 * @param sentence the first requirement in words
 * @param what what is special about the scenario
 * @param verdict what came of it
 * @param millis how long it took
 * @param findings what is wrong, in sentences
 * @param transcript what went over the wire, empty if all is well
 */
public record Row(
        String id,
        List<String> requirements,
        String level,
        String chapter,
        String section,
        String sentence,
        String what,
        Verdict verdict,
        long millis,
        List<String> findings,
        String transcript) {
    /** Copies the lists. */
    public Row {
        requirements = List.copyOf(requirements);
        findings = List.copyOf(findings);
    }

    static Row of(Result result) {
        Scenario scenario = result.scenario();
        Requirement requirement = scenario.requirement();
        return new Row(
                scenario.id(),
                scenario.requirements(),
                scenario.level().name().toLowerCase(Locale.ROOT),
                requirement.chapter(),
                requirement.section(),
                requirement.sentence(),
                scenario.what(),
                result.verdict(),
                result.took().toMillis(),
                result.findings(),
                result.transcript());
    }

    /** {@return the id of the first requirement} */
    public String requirement() {
        return requirements.get(0);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("requirements", requirements);
        json.put("level", level);
        json.put("chapter", chapter);
        json.put("section", section);
        json.put("sentence", sentence);
        json.put("what", what);
        json.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
        json.put("millis", millis);
        json.put("findings", findings);
        json.put("transcript", transcript);
        return json;
    }

    static Row parse(Map<?, ?> json) {
        return new Row(
                Json.member(json, "id", String.class),
                strings(json, "requirements"),
                Json.member(json, "level", String.class),
                Json.member(json, "chapter", String.class),
                Json.member(json, "section", String.class),
                Json.member(json, "sentence", String.class),
                Json.member(json, "what", String.class),
                Verdict.valueOf(Json.member(json, "verdict", String.class).toUpperCase(Locale.ROOT)),
                Json.member(json, "millis", Long.class),
                strings(json, "findings"),
                Json.member(json, "transcript", String.class));
    }

    private static List<String> strings(Map<?, ?> json, String name) {
        List<String> strings = new ArrayList<>();
        for (Object element : Json.member(json, name, List.class)) {
            strings.add(String.valueOf(element));
        }
        return strings;
    }
}
