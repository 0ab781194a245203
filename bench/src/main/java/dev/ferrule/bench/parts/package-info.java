/** What the parts of core cost, by JMH. */
@NullMarked
package dev.ferrule.bench.parts;

import org.jspecify.annotations.NullMarked;
