/**
 * The scenarios: plain immutable data, each one with the requirements that it verifies.
 *
 * <p>A {@link dev.ferrule.testkit.scenario.Scenario} says what to send and nothing of what must come back, which the
 * {@linkplain dev.ferrule.testkit.model reference model} computes; only answers to opening handshakes and a few scripts
 * are judged by hand. {@link dev.ferrule.testkit.scenario.Catalog} has all of them, and
 * {@link dev.ferrule.testkit.scenario.Requirements} all rules, those without a scenario with the reason.
 */
@NullMarked
package dev.ferrule.testkit.scenario;

import org.jspecify.annotations.NullMarked;
