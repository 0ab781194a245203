package dev.ferrule.spi;

/**
 * A promise that an adapter can't keep because of its engine: one entry of the table that the testkit checks both ways.
 *
 * @param rule the id of the promise or requirement, for instance {@code CL-2} or {@code 6455-4.1-14}
 * @param reason what happens instead, and why
 * @param always false if it happens only at times
 */
public record Deviation(String rule, String reason, boolean always) {
    /**
     * A promise that is never kept.
     *
     * @param rule the id of the promise or requirement
     * @param reason what happens instead, and why
     */
    public Deviation(String rule, String reason) {
        this(rule, reason, true);
    }

    /**
     * A promise that is kept at times, as where it depends on a race in the engine.
     *
     * @param rule the id of the promise or requirement
     * @param reason what happens at times, and why
     * @return the entry
     */
    public static Deviation atTimes(String rule, String reason) {
        return new Deviation(rule, reason, false);
    }
}
