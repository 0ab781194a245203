package dev.ferrule;

import dev.ferrule.protocol.OriginRule;
import java.util.Map;

/**
 * What a server does with opening handshakes and connections, apart from where it listens. {@link ServerBuilder#options()}
 * makes one, for mounting into an engine of the application's.
 *
 * @param routes who decides, by the exact path as it is on the wire
 * @param origins which Origins are allowed
 * @param limits the bounds of each connection
 * @param callbacks on which threads the callbacks run
 */
public record ServerOptions(Map<String, Acceptor> routes, OriginRule origins, Limits limits, Callbacks callbacks) {
    /**
     * Copies the routes.
     *
     * @param routes who decides, by the exact path
     * @param origins which Origins are allowed
     * @param limits the bounds of each connection
     * @param callbacks on which threads the callbacks run
     */
    public ServerOptions {
        routes = Map.copyOf(routes);
    }
}
