package dev.ferrule.testkit.contract;

import dev.ferrule.Connection;
import java.io.IOException;

/**
 * An open connection of the endpoint under test.
 *
 * @param app its application
 * @param connection as the application has it
 * @param peer the other end
 */
record Link(App app, Connection connection, RawPeer peer) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        peer.close();
    }
}
