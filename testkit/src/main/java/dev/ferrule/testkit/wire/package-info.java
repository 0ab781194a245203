/**
 * A WebSocket peer that does what it is told: raw sockets, any bytes, everything recorded.
 *
 * <p>Nothing here shares code with the implementation under test, and nothing may: a kit that borrowed the codec it
 * judges would repeat its mistakes and call them correct. So there is a frame codec, a UTF-8 automaton, a table of
 * close
 * codes and an HTTP head reader of its own, each small enough to be checked by reading it next to the RFC.
 *
 * <ul>
 *   <li>{@link dev.ferrule.testkit.wire.Frame} is what goes over the wire, legal or not.
 *   <li>{@link dev.ferrule.testkit.wire.WireClient} and {@link dev.ferrule.testkit.wire.WireServer} open connections.
 *   <li>{@link dev.ferrule.testkit.wire.WireConnection} writes in chosen segments, ends or resets TCP, reads
 * everything.
 *   <li>{@link dev.ferrule.testkit.wire.FrameMonitor} judges every frame that the other side sends.
 *   <li>{@link dev.ferrule.testkit.wire.Transcript} keeps what happened, in hex and decoded.
 * </ul>
 */
@NullMarked
package dev.ferrule.testkit.wire;

import org.jspecify.annotations.NullMarked;
