package dev.ferrule.undertow;

import dev.ferrule.Limits;
import dev.ferrule.spi.ListenRequest;
import dev.ferrule.spi.ServerEngine;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import org.xnio.Options;

/** An Undertow that serves Ferrule's requests alone. */
final class HttpServer implements ServerEngine {
    /** Started as they are needed: so many callbacks may block at a time before others wait. */
    private static final int MAX_WORKERS = 256;

    /**
     * As Jetty has it. With as many as there are processors, what else runs makes them wait for each other: at 64 connections,
     * one in a hundred messages waited for four milliseconds.
     */
    private static final int IO_THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Undertow undertow;
    private final int port;

    private HttpServer(Undertow undertow, int port) {
        this.undertow = undertow;
        this.port = port;
    }

    static HttpServer listen(ListenRequest request) throws IOException {
        Limits limits = request.handshakes().options().limits();
        int handshakeMillis = (int) limits.handshakeTimeout().toMillis();
        int connections = request.connections();
        FerruleHandler handler = new FerruleHandler(request.handshakes());
        Undertow.Builder builder = Undertow.builder()
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(MAX_WORKERS)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setSocketOption(Options.BACKLOG, 1024)
                .setSocketOption(Options.CONNECTION_HIGH_WATER, connections)
                .setSocketOption(Options.CONNECTION_LOW_WATER, connections)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, false)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                // A request must have arrived as a whole, and begun, within the time for a handshake (HS-8).
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, handshakeMillis)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, handshakeMillis)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, limits.requestHeadBytes())
                .setServerOption(UndertowOptions.MAX_HEADERS, limits.requestHeadFields())
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) limits.requestHeadBytes());
        if (request.sslContext() == null) {
            builder.addHttpListener(request.port(), request.host(), handler::handleAll);
        } else {
            builder.addHttpsListener(request.port(), request.host(), request.sslContext(), handler::handleAll);
        }
        Undertow undertow = builder.build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            undertow.stop();
            throw cannotListen(request, e);
        }
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return new HttpServer(undertow, address.getPort());
    }

    private static IOException cannotListen(ListenRequest request, RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        return new IOException(
                "can't listen on " + request.host() + " port " + request.port() + ": " + cause.getMessage(), e);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void stop() {
        undertow.stop();
    }
}
