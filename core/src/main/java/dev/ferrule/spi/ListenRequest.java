package dev.ferrule.spi;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a server engine is started with.
 *
 * @param host name or address of this machine
 * @param port from 0 to 65535; 0 picks a free one
 * @param sslContext has the certificate of the server, or {@code null} for no TLS
 * @param handshakes gets every request of every connection, whatever its path
 */
public record ListenRequest(String host, int port, @Nullable SSLContext sslContext, Handshakes handshakes) {
    /**
     * How many connections may be open at a time, in whatever state, so that the process keeps some descriptors for other
     * things. An engine that accepts none beyond that, and goes on as soon as one has ended, needs not fail at accepting, after
     * which engines wait for a second or longer; peers wait in the system's backlog.
     *
     * @return positive; {@link Integer#MAX_VALUE} where the system doesn't tell
     */
    public int connections() {
        return Descriptors.forConnections();
    }
}
