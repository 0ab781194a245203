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
public record ListenRequest(String host, int port, @Nullable SSLContext sslContext, Handshakes handshakes) {}
