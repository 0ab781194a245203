/**
 * Runnable programs. {@link dev.ferrule.examples.Chat} is the one to read first: one endpoint, many connections, any
 * engine. {@link dev.ferrule.examples.Echo} and {@link dev.ferrule.examples.EchoClient} are the smallest server and client;
 * the others are for test tools. {@link dev.ferrule.examples.Main} runs them by name.
 */
@NullMarked
package dev.ferrule.examples;

import org.jspecify.annotations.NullMarked;
