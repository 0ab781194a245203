package dev.ferrule.connection;

import dev.ferrule.Acceptor;
import dev.ferrule.Endpoint;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.HandshakeRequest;

/**
 * The acceptor of a route that has none: it never blocks, so that no other thread is needed to ask it.
 *
 * @param endpoint gets the events of all connections
 */
public record AcceptsAll(Endpoint endpoint) implements Acceptor {
    @Override
    public HandshakeDecision accept(HandshakeRequest request) {
        return HandshakeDecision.accept(endpoint);
    }
}
