package dev.ferrule.testkit.run;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A declared failure. One that passes after all fails, and so does one whose time is over, so that the list can't grow
 * stale.
 *
 * @param scenario the id of the scenario; a {@code *} stands for any characters
 * @param reason why it fails
 * @param link where more is said of it, or empty
 * @param expiry the last day on which it is excused; {@link LocalDate#MAX} for ever
 * @param always false if it fails at times, as where it depends on a race in an engine: then it may pass, too
 */
public record KnownDeviation(String scenario, String reason, String link, LocalDate expiry, boolean always) {
    /**
     * A declared failure without a link and for ever.
     *
     * @param scenario the id of the scenario; a {@code *} stands for any characters
     * @param reason why it fails
     * @param always false if it may pass, too
     */
    public KnownDeviation(String scenario, String reason, boolean always) {
        this(scenario, reason, "", LocalDate.MAX, always);
    }

    /**
     * Whether it speaks of this scenario.
     *
     * @param id the id of a scenario
     * @return true if the pattern fits
     */
    public boolean covers(String id) {
        return pattern(scenario).matcher(id).matches();
    }

    /**
     * {@return a text in which {@code *} stands for any characters, as a regular expression}
     *
     * @param glob the text
     */
    public static Pattern pattern(String glob) {
        String[] parts = glob.split("\\*", -1);
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(pattern.toString());
    }

    /** Whether it excuses nothing any more. */
    boolean expired(LocalDate today) {
        return today.isAfter(expiry);
    }

    @Override
    public String toString() {
        return reason + (link.isEmpty() ? "" : " (" + link + ")");
    }
}
