package dev.ferrule.memory;

import dev.ferrule.ClientOptions;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.ClientOpening;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A client that dials at a switchboard. */
final class WebSocketClientEngine implements ClientEngine {
    private final Switchboard switchboard;
    private final ClientOptions options;
    private final Set<OpeningHandshake> handshakes = ConcurrentHashMap.newKeySet();

    WebSocketClientEngine(Switchboard switchboard, ClientOptions options) {
        this.switchboard = switchboard;
        this.options = options;
    }

    @Override
    public Runnable connect(ClientOpening opening) {
        OpeningHandshake handshake =
                new OpeningHandshake(opening, options.limits(), switchboard.schedule(), handshakes::remove);
        handshakes.add(handshake);
        handshake.begin(switchboard);
        return handshake::abandon;
    }

    @Override
    public void stop() {
        handshakes.forEach(OpeningHandshake::abandon);
    }
}
