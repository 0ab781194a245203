/** What the parts of core cost, by JMH. */
@NullMarked
package dev.ferrule.bench;

import org.jspecify.annotations.NullMarked;
