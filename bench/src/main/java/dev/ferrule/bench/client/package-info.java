/**
 * The clients that are compared: each keeps messages in flight to the hand-written server, in a process of its own,
 * {@link dev.ferrule.bench.client.ClientProcess}.
 */
@NullMarked
package dev.ferrule.bench.client;

import org.jspecify.annotations.NullMarked;
