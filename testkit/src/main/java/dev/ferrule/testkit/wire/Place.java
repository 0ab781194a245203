package dev.ferrule.testkit.wire;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/**
 * Where a WebSocket URL leads (RFC 6455 section 3).
 *
 * @param uri the URL, ws or wss
 */
public record Place(URI uri) {
    /** {@return whether TLS comes first} */
    public boolean secure() {
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("wss");
    }

    /** {@return the address to connect to} */
    public InetSocketAddress address() {
        return new InetSocketAddress(uri.getHost().replaceAll("[\\[\\]]", ""), port());
    }

    /** {@return the value of a correct Host header} */
    public String authority() {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** {@return scheme, host and port as an Origin header has them} */
    public String origin() {
        return (secure() ? "https://" : "http://") + authority();
    }

    /** {@return path and query as the request line has them} */
    public String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private int port() {
        return uri.getPort() < 0 ? (secure() ? 443 : 80) : uri.getPort();
    }
}
