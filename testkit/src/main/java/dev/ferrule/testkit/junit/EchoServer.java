package dev.ferrule.testkit.junit;

import java.net.URI;

/**
 * An echo server under test.
 *
 * @param uri where it echoes
 * @param stop stops it
 */
public record EchoServer(URI uri, Runnable stop) implements Running {
    @Override
    public void close() {
        stop.run();
    }
}
