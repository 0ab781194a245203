/**
 * The adapter for {@link java.net.http.WebSocket}: a client at the level of pieces.
 *
 * <p>What shapes it: that WebSocket drops the end of the stream, without a word and for ever, if it comes while no event is
 * asked for, and asks for none while its listener runs. So some events are always asked for ahead of core, and the listener
 * runs on the selector's thread, where nothing can come in between (all but the first events, which the JDK delivers on the
 * thread that opened the connection). Callbacks that may block run on threads of the adapter's own.
 */
@NullMarked
package dev.ferrule.jdk;

import org.jspecify.annotations.NullMarked;
