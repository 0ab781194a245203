/**
 * The kit put to the proof: a tiny echo server and client, correct as they stand, and one {@code Flaw} for each way to
 * be
 * wrong. The kit must stay silent on the correct ones and catch every flaw by a scenario of the right requirement.
 */
@NullMarked
package dev.ferrule.testkit.mutant;

import org.jspecify.annotations.NullMarked;
