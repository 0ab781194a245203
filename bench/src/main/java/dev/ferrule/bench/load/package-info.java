/**
 * The load: one thread, one selector, frames that are prepared once, every echo verified. Its cost per message is close to
 * one read and one write, so that on a core of its own it isn't what limits a server.
 */
@NullMarked
package dev.ferrule.bench.load;

import org.jspecify.annotations.NullMarked;
