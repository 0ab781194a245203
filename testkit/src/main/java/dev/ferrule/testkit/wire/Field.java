package dev.ferrule.testkit.wire;

/**
 * One header line.
 *
 * @param name as written
 * @param value as written when sent, without surrounding whitespace when received
 */
public record Field(String name, String value) {}
