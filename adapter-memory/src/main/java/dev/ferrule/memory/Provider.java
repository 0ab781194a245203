package dev.ferrule.memory;

import dev.ferrule.ClientOptions;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.Deviation;
import dev.ferrule.spi.ListenRequest;
import dev.ferrule.spi.ServerEngine;
import dev.ferrule.spi.Timers;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The adapter by the name {@code memory}: servers and clients that meet on one network, which all of the process share, in
 * real time. It is found by its name only, so that it never takes the place of an engine. A network of a test's own is a
 * {@link Network}.
 */
public final class Provider implements AdapterProvider {
    private static final Switchboard SHARED = new Switchboard(new RealTime());

    private final Switchboard switchboard;

    /** For {@link java.util.ServiceLoader}. */
    public Provider() {
        this(SHARED);
    }

    Provider(Switchboard switchboard) {
        this.switchboard = switchboard;
    }

    /** The network that all of the process share. */
    static Switchboard shared() {
        return SHARED;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SERVER, Role.CLIENT);
    }

    @Override
    public List<Deviation> deviations(Role role) {
        return role == Role.CLIENT
                ? List.of()
                : List.of(new Deviation(
                        "TX-6", "encoded once, and copied for each connection: a link keeps what it carries"));
    }

    @Override
    public boolean byNameOnly() {
        return true;
    }

    @Override
    public Timers timers() {
        return switchboard.schedule();
    }

    @Override
    public ServerEngine listen(ListenRequest request) throws IOException {
        return HttpServer.listen(switchboard, request);
    }

    @Override
    public ClientEngine client(ClientOptions options) {
        return new WebSocketClientEngine(switchboard, options);
    }
}
