/**
 * What is allowed: a pure model of an echo endpoint.
 *
 * <p>{@link dev.ferrule.testkit.model.ReferenceModel} takes the frames that the kit sends and computes every
 * {@link dev.ferrule.testkit.model.Outcome} that the RFC allows, with no more order between events than the RFC gives;
 * {@link dev.ferrule.testkit.model.Judge} compares the {@link dev.ferrule.testkit.model.History} of what came back. The
 * model knows nothing of sockets and time, so fixed scenarios and generated ones are judged alike.
 */
@NullMarked
package dev.ferrule.testkit.model;

import org.jspecify.annotations.NullMarked;
