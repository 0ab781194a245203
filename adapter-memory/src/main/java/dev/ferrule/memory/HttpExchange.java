package dev.ferrule.memory;

import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import dev.ferrule.spi.Opening;
import dev.ferrule.spi.ServerExchange;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A request over a link. */
final class HttpExchange implements ServerExchange {
    private final HttpConnection connection;
    private final OpeningRequest request;

    HttpExchange(HttpConnection connection, OpeningRequest request) {
        this.connection = connection;
        this.request = request;
    }

    @Override
    public OpeningRequest request() {
        return request;
    }

    @Override
    public SocketAddress remoteAddress() {
        return connection.client();
    }

    @Override
    public boolean secure() {
        return connection.secure();
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return null;
    }

    @Override
    public @Nullable Principal principal() {
        return null;
    }

    @Override
    public Executor workers() {
        return connection.schedule();
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    @Override
    public void respond(int status, Headers headers, byte[] body) {
        connection.answer(status, headers, body);
    }

    @Override
    public void upgrade(Headers headers, Opening opening) {
        connection.upgrade(headers, opening);
    }
}
