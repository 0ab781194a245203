package dev.ferrule.testkit.run;

/**
 * A declared failure. One that passes after all fails, so that the list can't grow stale.
 *
 * @param scenario the id of the scenario; a {@code *} stands for any characters
 * @param reason why it fails
 * @param always false if it fails at times, as where it depends on a race in an engine: then it may pass, too
 */
public record KnownDeviation(String scenario, String reason, boolean always) {
    /**
     * Whether it speaks of this scenario.
     *
     * @param id the id of a scenario
     * @return true if the pattern fits
     */
    boolean covers(String id) {
        String[] parts = scenario.split("\\*", -1);
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*").append(java.util.regex.Pattern.quote(parts[i]));
        }
        return id.matches(pattern.toString());
    }
}
