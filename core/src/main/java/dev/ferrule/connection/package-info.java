/**
 * Connections: the state machine, one callback at a time, the bounded send queue, limits, timers and the closing
 * handshake, over either level of {@link dev.ferrule.spi}. Not exported: applications hold {@link dev.ferrule.Connection},
 * adapters the SPI.
 */
@NullMarked
package dev.ferrule.connection;

import org.jspecify.annotations.NullMarked;
