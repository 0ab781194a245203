/** What servers do alike on every engine, where only the order of events can show it. */
@NullMarked
package dev.ferrule.engines;

import org.jspecify.annotations.NullMarked;
