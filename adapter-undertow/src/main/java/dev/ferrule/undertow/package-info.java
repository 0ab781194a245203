/** Ferrule on Undertow: a server at the bytes level, and its handler for an application's own {@code Undertow}. */
@NullMarked
package dev.ferrule.undertow;

import org.jspecify.annotations.NullMarked;
