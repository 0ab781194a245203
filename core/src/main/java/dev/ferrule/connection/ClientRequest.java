package dev.ferrule.connection;

import dev.ferrule.ConnectRequest;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.protocol.Headers;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A request as the application of a client gave it. */
record ClientRequest(ConnectRequest asked) implements HandshakeRequest {
    @Override
    public String path() {
        String path = asked.uri().getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    @Override
    public @Nullable String query() {
        return asked.uri().getRawQuery();
    }

    @Override
    public Headers headers() {
        return asked.headers();
    }

    @Override
    public Map<String, String> cookies() {
        return Cookies.parse(headers().all("Cookie"));
    }

    @Override
    public List<String> subprotocols() {
        return asked.subprotocols();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return null;
    }

    @Override
    public boolean secure() {
        return asked.uri().getScheme().equalsIgnoreCase("wss");
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return null;
    }

    @Override
    public @Nullable Principal principal() {
        return null;
    }
}
