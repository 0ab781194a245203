/**
 * The servers that are compared, one class for each library, written as its documentation would have it: text arrives as a
 * String and is echoed as text. Each runs in a process of its own, {@link dev.ferrule.bench.server.ServerProcess}.
 */
@NullMarked
package dev.ferrule.bench.server;

import org.jspecify.annotations.NullMarked;
