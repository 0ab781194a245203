package dev.ferrule;

import dev.ferrule.protocol.OriginRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server does with opening handshakes and connections, apart from where it listens. {@link ServerBuilder#options()}
 * makes one, for mounting into an engine of the application's.
 *
 * @param routes who decides, by the exact path as it is on the wire
 * @param origins which Origins are allowed
 * @param limits the bounds of each connection
 * @param callbacks on which threads the callbacks run
 * @param sendPolicy what becomes of messages for which there is no room, unless the acceptor says otherwise
 * @param observer sees what happens, or {@code null}
 * @param deflate how messages are compressed where a client offers it, or {@code null} for not at all
 */
public record ServerOptions(
        Map<String, Acceptor> routes,
        OriginRule origins,
        Limits limits,
        Callbacks callbacks,
        SendPolicy sendPolicy,
        @Nullable Observer observer,
        @Nullable Deflate deflate) {
    /**
     * Copies the routes.
     *
     * @param routes who decides, by the exact path
     * @param origins which Origins are allowed
     * @param limits the bounds of each connection
     * @param callbacks on which threads the callbacks run
     * @param sendPolicy what becomes of messages for which there is no room
     * @param observer sees what happens, or {@code null}
     * @param deflate how messages are compressed, or {@code null}
     */
    public ServerOptions {
        routes = Map.copyOf(routes);
    }
}
