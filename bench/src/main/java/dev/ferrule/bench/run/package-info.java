/** The one command that starts everything, measures it side by side, and makes tables and charts of the figures. */
@NullMarked
package dev.ferrule.bench.run;

import org.jspecify.annotations.NullMarked;
