/**
 * Scenarios that nobody wrote: jqwik generates them as plain lists, the reference model judges them.
 *
 * <p>{@link dev.ferrule.testkit.property.Conversations} makes what must come back,
 * {@link dev.ferrule.testkit.property.Offences} what must fail. Both are values without any dependence of one step on
 * the result of another, because that is what shrinks well.
 */
@NullMarked
package dev.ferrule.testkit.property;

import org.jspecify.annotations.NullMarked;
