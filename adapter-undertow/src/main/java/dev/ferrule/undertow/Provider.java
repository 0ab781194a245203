package dev.ferrule.undertow;

import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.ListenRequest;
import dev.ferrule.spi.ServerEngine;
import java.io.IOException;
import java.util.Set;

/** The adapter for Undertow, by the name {@code undertow}: servers. */
public final class Provider implements AdapterProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
        return "undertow";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SERVER);
    }

    @Override
    public ServerEngine listen(ListenRequest request) throws IOException {
        return HttpServer.listen(request);
    }
}
