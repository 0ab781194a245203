package dev.ferrule;

import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.Binding;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where applications begin: finds the adapter on the class path or module path, and builds servers and clients on it.
 */
public final class Ferrule {
    private Ferrule() {}

    /**
     * Begins a server.
     *
     * @return a new builder
     */
    public static ServerBuilder server() {
        return new ServerBuilder();
    }

    /**
     * Begins a client.
     *
     * @return a new builder
     */
    public static ClientBuilder client() {
        return new ClientBuilder();
    }

    /**
     * The adapters that are found, by name.
     *
     * @param role the role that they must be able to play
     * @return their names, sorted
     */
    public static List<String> adapters(Role role) {
        return providers().stream()
                .filter(provider -> provider.roles().contains(role))
                .map(AdapterProvider::name)
                .sorted()
                .toList();
    }

    /**
     * Starts a server on an adapter that isn't looked for: for the class of an adapter, or of a test, that has one at hand.
     *
     * @param server what was chosen; the name of an adapter doesn't count
     * @param adapter one for servers
     * @return it listens
     * @throws IOException if it can't listen there
     */
    public static Server start(ServerBuilder server, AdapterProvider adapter) throws IOException {
        return Binding.start(adapter, server.host, server.port, server.sslContext, server.http, server.options());
    }

    /**
     * Makes a client on an adapter that isn't looked for.
     *
     * @param client what was chosen; the name of an adapter doesn't count
     * @param adapter one for clients
     * @return ready to connect
     */
    public static Client build(ClientBuilder client, AdapterProvider adapter) {
        return Binding.client(adapter, client.options());
    }

    static Server start(ServerBuilder server, @Nullable String adapter) throws IOException {
        return start(server, find(adapter, Role.SERVER));
    }

    static Client build(ClientBuilder client, @Nullable String adapter) {
        return build(client, find(adapter, Role.CLIENT));
    }

    private static AdapterProvider find(@Nullable String name, Role role) {
        List<AdapterProvider> found = providers();
        List<AdapterProvider> fitting = found.stream()
                .filter(provider -> provider.roles().contains(role))
                .filter(provider ->
                        name == null ? !provider.byNameOnly() : provider.name().equals(name))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String seen = found.stream()
                .map(provider -> provider.name() + " " + provider.roles())
                .sorted()
                .collect(Collectors.joining(", ", " (found: ", ")"));
        if (fitting.isEmpty()) {
            String wanted = name == null ? "no adapter for role " + role : "no adapter '" + name + "' for role " + role;
            throw new IllegalStateException(wanted + " on the class path; add dev.ferrule:ferrule-adapter-"
                    + (role == Role.SERVER ? "jetty or ferrule-adapter-undertow" : "jdk or ferrule-adapter-jetty")
                    + (found.isEmpty() ? "" : seen));
        }
        throw new IllegalStateException(
                "several adapters for role " + role + " on the class path; choose one by adapter(name)" + seen);
    }

    private static List<AdapterProvider> providers() {
        // The loader of Ferrule itself, when the thread's loader (of a container, say) doesn't see its adapters.
        List<AdapterProvider> found = ServiceLoader.load(AdapterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return found.isEmpty()
                ? ServiceLoader.load(AdapterProvider.class, Ferrule.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList()
                : found;
    }
}
