/**
 * Ferrule on Jetty: a server at the bytes level, its handler for an application's own {@code Server}, and a client on
 * Jetty WebSocket.
 */
@NullMarked
package dev.ferrule.jetty;

import org.jspecify.annotations.NullMarked;
