package dev.ferrule.spi;

/**
 * A promise that an adapter can't keep because of its engine: one entry of the table that the testkit checks both ways.
 *
 * @param rule the id of the promise or requirement, for instance {@code CL-2} or {@code 6455-4.1-14}
 * @param reason what happens instead, and why
 */
public record Deviation(String rule, String reason) {}
