/**
 * Ferrule in memory: servers and clients in one process without sockets, for tests of one's own endpoints.
 *
 * <p>A {@link dev.ferrule.memory.Network} has a virtual time: nothing happens but when the test says so, on the test's own
 * thread and in the same order each time, and an hour passes in no time.
 *
 * <pre>{@code
 * try (Network network = new Network()) {
 *     Server server = network.start(Ferrule.server().route("/echo", new Echo()));
 *     Peer peer = network.connect(server.uri("/echo"));
 *     peer.send("hello");
 *     assertEquals("hello", peer.text());
 *     peer.link().drop();
 *     network.advance(Duration.ofMinutes(1));
 *     assertEquals(0, server.connections().size());
 * }
 * }</pre>
 *
 * <p>Both ends are core's own, over bytes: opening handshake, frames, masking, limits, timers and back-pressure are those of
 * the other adapters. A {@link dev.ferrule.memory.Link} is what a connection's bytes go over, and what can be disturbed.
 *
 * <p>By its name, {@code adapter("memory")}, an application runs unchanged on a network that all of the process share, in
 * real time and on threads of its own.
 */
@NullMarked
package dev.ferrule.memory;

import org.jspecify.annotations.NullMarked;
