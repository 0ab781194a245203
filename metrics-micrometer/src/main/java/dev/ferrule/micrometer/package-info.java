/** Metrics of Ferrule's servers and clients, for Micrometer. */
@NullMarked
package dev.ferrule.micrometer;

import org.jspecify.annotations.NullMarked;
