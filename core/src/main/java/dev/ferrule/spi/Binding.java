package dev.ferrule.spi;

import dev.ferrule.Client;
import dev.ferrule.ClientOptions;
import dev.ferrule.HttpHook;
import dev.ferrule.Server;
import dev.ferrule.ServerOptions;
import dev.ferrule.connection.EngineClient;
import dev.ferrule.connection.EngineServer;
import dev.ferrule.connection.ServerHandshakes;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The one door from applications and adapters to core's connections. */
public final class Binding {
    private Binding() {}

    /**
     * Starts a server on an adapter.
     *
     * @param provider an adapter for servers
     * @param host name or address of this machine
     * @param port from 0 to 65535
     * @param sslContext has the certificate of the server, or {@code null} for no TLS
     * @param http answers requests outside of the routes
     * @param options the routes and what holds for them
     * @return it listens
     * @throws IOException if it can't listen there
     */
    public static Server start(
            AdapterProvider provider,
            String host,
            int port,
            @Nullable SSLContext sslContext,
            HttpHook http,
            ServerOptions options)
            throws IOException {
        ServerHandshakes handshakes = new ServerHandshakes(options, http, provider.timers());
        ServerEngine engine = provider.listen(new ListenRequest(host, port, sslContext, handshakes));
        return new EngineServer(engine, handshakes, host, sslContext != null);
    }

    /**
     * Makes a client on an adapter.
     *
     * @param provider an adapter for clients
     * @param options for all connections of the client
     * @return ready to connect
     */
    public static Client client(AdapterProvider provider, ClientOptions options) {
        return new EngineClient(provider.client(options), options, provider.timers());
    }

    /**
     * The handshakes of a server that the application owns, for the class that mounts Ferrule into it.
     *
     * @param options the routes and what holds for them
     * @return what gets the requests
     */
    public static Handshakes handshakes(ServerOptions options) {
        return new ServerHandshakes(options, (method, path) -> null, Timers.system());
    }
}
