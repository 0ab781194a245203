package dev.ferrule.jetty;

import dev.ferrule.Limits;
import dev.ferrule.spi.ListenRequest;
import dev.ferrule.spi.ServerEngine;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A Jetty that serves Ferrule's requests alone. */
final class HttpServer implements ServerEngine {
    /** Started as they are needed: so many callbacks may block at a time before others wait. */
    private static final int MAX_THREADS = 256;

    private static final int BACKLOG = 1024;
    private static final long IDLE_MILLIS = 30_000;

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static HttpServer listen(ListenRequest request) throws IOException {
        ServerSocketChannel channel = bind(request);
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("ferrule-jetty");
        Server server = new Server(threads);
        server.setStopTimeout(0);
        server.setErrorHandler(new PlainErrors());
        server.setHandler(new FerruleHandler(request.handshakes()));
        ServerConnector connector = new TcpConnector(server, factories(request));
        Limits limits = request.handshakes().options().limits();
        // Ends an answer that nobody reads; a request is bounded by its timer.
        connector.setIdleTimeout(IDLE_MILLIS + limits.handshakeTimeout().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(request.connections(), connector));
        try {
            connector.open(channel);
            server.start();
        } catch (Exception e) {
            channel.close();
            stop(server);
            throw new IOException("Jetty can't be started: " + e.getMessage(), e);
        }
        return new HttpServer(server, connector);
    }

    private static ServerSocketChannel bind(ListenRequest request) throws IOException {
        InetSocketAddress address = new InetSocketAddress(request.host(), request.port());
        if (address.isUnresolved()) {
            throw new IOException("can't listen on " + request.host() + ": the host is unknown");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel.bind(address, BACKLOG);
        } catch (BindException e) {
            channel.close();
            String seen = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            throw new IOException(
                    seen.contains("in use")
                            ? "port " + request.port() + " on " + request.host() + " is in use"
                            : "can't listen on port " + request.port() + " of " + request.host() + ": " + seen,
                    e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ConnectionFactory[] factories(ListenRequest request) {
        Limits limits = request.handshakes().options().limits();
        HttpConfiguration http = new HttpConfiguration();
        // Core judges targets and authorities itself; what is no HTTP is Jetty's to refuse.
        http.setHttpCompliance(HttpCompliance.STRICT.with(
                "ferrule", HttpCompliance.Violation.MISMATCHED_AUTHORITY, HttpCompliance.Violation.UNSAFE_HOST_HEADER));
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setRequestHeaderSize(limits.requestHeadBytes());
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        TimedHttp timedHttp = new TimedHttp(http, limits.handshakeTimeout().toMillis());
        if (request.sslContext() == null) {
            return new ConnectionFactory[] {timedHttp};
        }
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setSslContext(request.sslContext());
        return new ConnectionFactory[] {new SslConnectionFactory(ssl, timedHttp.getProtocol()), timedHttp};
    }

    /** HTTP whose requests must arrive in time (HS-8). */
    private static final class TimedHttp extends HttpConnectionFactory {
        private final long millis;

        TimedHttp(HttpConfiguration configuration, long millis) {
            super(configuration);
            this.millis = millis;
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            Connection connection = super.newConnection(connector, endPoint);
            RequestTimer.start(connection, connector.getScheduler(), millis);
            return connection;
        }
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void stop() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty can't be stopped: " + e.getMessage(), e);
        }
    }
}
