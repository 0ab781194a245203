package dev.ferrule.connection;

import dev.ferrule.Client;
import dev.ferrule.ClientOptions;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.protocol.WebSocketUri;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.Timers;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A client on the engine of an adapter. */
public final class EngineClient implements Client {
    private final ClientEngine engine;
    private final ClientOptions options;
    private final Timers timers;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    /**
     * A client.
     *
     * @param engine ready to connect
     * @param options for all connections
     * @param timers the clock and scheduler of its connections
     */
    public EngineClient(ClientEngine engine, ClientOptions options, Timers timers) {
        this.engine = engine;
        this.options = options;
        this.timers = timers;
    }

    @Override
    public CompletionStage<Connection> connect(ConnectRequest request, Endpoint endpoint) {
        WebSocketUri uri = WebSocketUri.parse(request.uri().toString());
        if (!uri.secure() && !options.plaintext() && !loopback(uri.host())) {
            throw new IllegalArgumentException("ws to " + uri.host()
                    + " would go over the network in plain text; use wss, or allow it by allowPlaintext()");
        }
        ClientHandshaking opening = new ClientHandshaking(request, endpoint, options, timers, open);
        opening.begin(engine);
        return opening.connected();
    }

    /** By the name alone: what a name resolves to can change between a look and the connection. */
    private static boolean loopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("0:0:0:0:0:0:0:1")
                || (host.startsWith("127.") && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
    }

    @Override
    public void close() {
        open.forEach(Connection::abort);
        engine.stop();
    }
}
