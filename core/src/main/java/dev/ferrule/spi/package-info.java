/**
 * What an author of an adapter holds: how an engine is bound to Ferrule.
 *
 * <p>An adapter is an {@link dev.ferrule.spi.AdapterProvider} that {@link java.util.ServiceLoader} finds. It takes its
 * engine's sockets, threads, TLS and HTTP, and leaves the rest to core, at one of two levels:
 *
 * <ul>
 *   <li><b>Bytes</b>, where the engine hands out the upgraded connection: the adapter implements
 *       {@link dev.ferrule.spi.ByteTransport} and gets a {@link dev.ferrule.spi.ByteListener}. Frames, masking, UTF-8,
 *       closing handshake are all core's.
 *   <li><b>Pieces</b>, where the engine speaks WebSocket itself and its bytes are out of reach: the adapter implements
 *       {@link dev.ferrule.spi.PieceTransport} and gets a {@link dev.ferrule.spi.PieceListener}.
 * </ul>
 *
 * <p>A server adapter turns each request into a {@link dev.ferrule.spi.ServerExchange} and hands it to
 * {@link dev.ferrule.spi.Handshakes}; a client adapter makes the opening handshake of a
 * {@link dev.ferrule.spi.ClientOpening}. Where an engine can't keep a promise, the provider declares a
 * {@link dev.ferrule.spi.Deviation}.
 */
@NullMarked
package dev.ferrule.spi;

import org.jspecify.annotations.NullMarked;
