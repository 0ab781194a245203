package dev.ferrule.jetty;

import dev.ferrule.ClientOptions;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.Deviation;
import dev.ferrule.spi.ListenRequest;
import dev.ferrule.spi.ServerEngine;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The adapter for Jetty, by the name {@code jetty}: servers and clients. */
public final class Provider implements AdapterProvider {
    private static final List<Deviation> CLIENT = List.of(
            Deviation.atTimes(
                    "CL-3",
                    "frames behind the peer's Close make Jetty drop TCP, perhaps before the answer has left, where callbacks"
                            + " run on an executor of the application's"),
            new Deviation("CL-5", "behind the Close for a violation that Jetty finds it drops TCP at once"),
            new Deviation("CL-8", "the reason of a Close for a violation that Jetty finds is Jetty's"),
            new Deviation("6455-10.4-1", "as RX-2"),
            new Deviation("RX-2", "a frame that is too long is refused at the first byte behind its header"),
            // A slow reader may find several writes in one segment.
            Deviation.atTimes("TX-7", "each frame is a write of its own: Jetty's connection gathers none"),
            new Deviation("6455-5.2-4b", "a length that isn't in its shortest form is accepted: Jetty hides it"));

    private static final List<Deviation> SERVER = List.of(
            new Deviation("6455-4.2.1-2", "the version http/1.1 in lower case passes: Jetty's parser shows HTTP/1.1"));

    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String name() {
        return "jetty";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.SERVER, Role.CLIENT);
    }

    @Override
    public List<Deviation> deviations(Role role) {
        return role == Role.CLIENT ? CLIENT : SERVER;
    }

    @Override
    public ServerEngine listen(ListenRequest request) throws IOException {
        return HttpServer.listen(request);
    }

    @Override
    public ClientEngine client(ClientOptions options) {
        return WebSocketClientEngine.start(options);
    }
}
