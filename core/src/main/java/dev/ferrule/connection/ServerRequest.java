package dev.ferrule.connection;

import dev.ferrule.HandshakeRequest;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.ServerHandshake;
import dev.ferrule.spi.ServerExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A request as a server received it: a copy of what connection and application need, since engines recycle theirs. */
final class ServerRequest implements HandshakeRequest {
    private final String path;
    private final @Nullable String query;
    private final List<String> subprotocols;
    /** The address in an InetSocketAddress, which engines make anew for us, or the whole of any other. */
    private final @Nullable Object remote;

    private final int remotePort;
    private final boolean secure;
    private final @Nullable SSLSession tlsSession;
    private final @Nullable Principal principal;
    /** Headers; or a String once the connection is open. */
    private volatile Object headers;

    private ServerRequest(ServerExchange exchange, ServerHandshake.Valid valid, String path) {
        this.path = path;
        this.query = valid.query();
        this.subprotocols = valid.subprotocols();
        SocketAddress from = exchange.remoteAddress();
        InetSocketAddress internet =
                from instanceof InetSocketAddress known && known.getAddress() != null ? known : null;
        this.remote = internet == null ? from : internet.getAddress();
        this.remotePort = internet == null ? 0 : internet.getPort();
        this.secure = exchange.secure();
        this.tlsSession = exchange.tlsSession();
        this.principal = exchange.principal();
        this.headers = exchange.request().headers();
    }

    /** The path is that of the request, as an instance that may be kept. */
    static ServerRequest of(ServerExchange exchange, ServerHandshake.Valid valid, String path) {
        return new ServerRequest(exchange, valid, path);
    }

    /** Few ask for the headers of an open connection, and objects for each field cost it half a kilobyte. */
    void pack() {
        if (headers instanceof Headers fields) {
            String packed = PackedHeaders.pack(fields);
            headers = packed == null ? fields : packed;
        }
    }

    @Override
    public Headers headers() {
        Object held = headers;
        return held instanceof Headers fields ? fields : PackedHeaders.unpack((String) held);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public List<String> subprotocols() {
        return subprotocols;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        InetAddress address = inetAddress();
        return address != null ? new InetSocketAddress(address, remotePort) : (SocketAddress) remote;
    }

    /** Null if the client isn't on the internet, or that isn't known. */
    @Nullable
    InetAddress inetAddress() {
        return remote instanceof InetAddress address ? address : null;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return tlsSession;
    }

    @Override
    public @Nullable Principal principal() {
        return principal;
    }

    @Override
    public Map<String, String> cookies() {
        return Cookies.parse(headers().all("Cookie"));
    }
}
