package dev.ferrule.memory;

import dev.ferrule.spi.Handshakes;
import dev.ferrule.spi.ListenRequest;
import dev.ferrule.spi.ServerEngine;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server that listens at a switchboard. */
final class HttpServer implements ServerEngine, Switchboard.Listener {
    private final Switchboard switchboard;
    private final Handshakes handshakes;
    private final String host;
    private final boolean secure;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private int port;

    private HttpServer(Switchboard switchboard, ListenRequest request) {
        this.switchboard = switchboard;
        this.handshakes = request.handshakes();
        this.host = request.host();
        this.secure = request.sslContext() != null;
    }

    static HttpServer listen(Switchboard switchboard, ListenRequest request) throws IOException {
        HttpServer server = new HttpServer(switchboard, request);
        server.port = switchboard.listen(request.host(), request.port(), server);
        return server;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public void accept(Link link) {
        links.removeIf(Link::over);
        links.add(link);
        new HttpConnection(link, handshakes, switchboard.schedule(), secure).begin();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean stopMayBlock() {
        return false;
    }

    @Override
    public void stop() {
        switchboard.leave(host, port);
        links.forEach(link -> link.server().close());
    }
}
