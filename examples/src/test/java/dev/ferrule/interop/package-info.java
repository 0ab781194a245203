/** Ferrule against WebSocket software that it shares no code with. */
@NullMarked
package dev.ferrule.interop;

import org.jspecify.annotations.NullMarked;
