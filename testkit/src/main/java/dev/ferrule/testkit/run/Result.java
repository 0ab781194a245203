package dev.ferrule.testkit.run;

import dev.ferrule.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.List;

/**
 * What came of one scenario.
 *
 * @param scenario which
 * @param verdict in one word
 * @param findings in sentences
 * @param transcript what went over the wire, empty if all is well
 * @param took how long it was
 */
public record Result(Scenario scenario, Verdict verdict, List<String> findings, String transcript, Duration took) {
    /** Copies the list. */
    public Result {
        findings = List.copyOf(findings);
    }

    /** {@return all that helps to understand the verdict} */
    public String explain() {
        StringBuilder text = new StringBuilder();
        text.append(verdict).append(' ').append(scenario.id()).append('\n');
        text.append("  ").append(scenario.title()).append('\n');
        text.append("  ").append(scenario.requirement().section());
        text.append(", ").append(scenario.level()).append('\n');
        findings.forEach(finding -> text.append("  - ").append(finding).append('\n'));
        return text.append(transcript.indent(4)).toString();
    }
}
