/**
 * The WebSocket protocol as data and pure functions: frames, masking, UTF-8, close codes and the opening handshake of
 * RFC 6455, for both roles.
 *
 * <p>Nothing here knows a thread, a socket, a clock or a log: each type is either immutable or an incremental state
 * machine that its one user feeds, and each depends on {@code java.base} alone. That is what makes it possible to fuzz
 * the protocol, to measure it by itself, and to run it over any transport.
 *
 * <p>No method takes or returns {@code null} unless it says so.
 */
@NullMarked
package dev.ferrule.protocol;

import org.jspecify.annotations.NullMarked;
