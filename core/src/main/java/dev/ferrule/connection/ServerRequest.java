package dev.ferrule.connection;

import dev.ferrule.HandshakeRequest;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.ServerHandshake;
import dev.ferrule.spi.ServerExchange;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A request as a server received it: a copy of what connection and application need, since engines recycle theirs. */
record ServerRequest(
        String path,
        @Nullable String query,
        Headers headers,
        List<String> subprotocols,
        @Nullable SocketAddress remoteAddress,
        boolean secure,
        @Nullable SSLSession tlsSession,
        @Nullable Principal principal)
        implements HandshakeRequest {
    static ServerRequest of(ServerExchange exchange, ServerHandshake.Valid valid) {
        return new ServerRequest(
                valid.path(),
                valid.query(),
                exchange.request().headers(),
                valid.subprotocols(),
                exchange.remoteAddress(),
                exchange.secure(),
                exchange.tlsSession(),
                exchange.principal());
    }

    @Override
    public Map<String, String> cookies() {
        return Cookies.parse(headers.all("Cookie"));
    }
}
