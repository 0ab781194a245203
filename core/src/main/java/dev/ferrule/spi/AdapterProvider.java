package dev.ferrule.spi;

import dev.ferrule.ClientOptions;
import dev.ferrule.protocol.Role;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * An adapter, as {@link java.util.ServiceLoader} finds it: it has a public constructor without parameters, and is named
 * both in {@code META-INF/services} and, in a module, by {@code provides}. Its methods may be called from any thread.
 */
public interface AdapterProvider {
    /**
     * The name by which applications choose it.
     *
     * @return lower case, for instance {@code jetty}
     */
    String name();

    /**
     * The roles that it can play.
     *
     * @return at least one
     */
    Set<Role> roles();

    /**
     * What its engine can't keep of Ferrule's promises.
     *
     * @param role one of {@link #roles()}
     * @return empty if it keeps all
     */
    default List<Deviation> deviations(Role role) {
        return List.of();
    }

    /**
     * Whether applications get it only by its name, and not as the one adapter that is there.
     *
     * @return true for what stands beside the adapters of an application, in its tests for instance
     */
    default boolean byNameOnly() {
        return false;
    }

    /**
     * The clock and scheduler of all its servers and clients.
     *
     * @return those of the system, unless the adapter has a time of its own
     */
    default Timers timers() {
        return Timers.system();
    }

    /**
     * Starts a server.
     *
     * @param request where to listen, and who gets the requests
     * @return it listens
     * @throws IOException if it can't listen there; the message names the address
     * @throws UnsupportedOperationException if it is no adapter for servers
     */
    default ServerEngine listen(ListenRequest request) throws IOException {
        throw new UnsupportedOperationException(name() + " is no adapter for role SERVER");
    }

    /**
     * Makes a client.
     *
     * @param options for all connections of the client
     * @return ready to connect
     * @throws UnsupportedOperationException if it is no adapter for clients
     */
    default ClientEngine client(ClientOptions options) {
        throw new UnsupportedOperationException(name() + " is no adapter for role CLIENT");
    }
}
