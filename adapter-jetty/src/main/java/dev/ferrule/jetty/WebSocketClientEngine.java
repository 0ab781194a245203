package dev.ferrule.jetty;

import dev.ferrule.ClientOptions;
import dev.ferrule.Limits;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.ClientOpening;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/** A client of Jetty WebSocket, with an {@code HttpClient} of its own. */
final class WebSocketClientEngine implements ClientEngine {
    /** Started as they are needed: so many callbacks may block at a time before others wait. */
    private static final int MAX_THREADS = 256;
    /** Of handshakes to one server at a time; Jetty has no "any number". */
    private static final int MAX_HANDSHAKES = 1 << 16;

    private final HttpClient http;
    private final WebSocketCoreClient client;
    private final ClientOptions options;

    private WebSocketClientEngine(HttpClient http, WebSocketCoreClient client, ClientOptions options) {
        this.http = http;
        this.client = client;
        this.options = options;
    }

    static WebSocketClientEngine start(ClientOptions options) {
        try {
            HttpClient http = http(options);
            http.start();
            // No answer to a 401, and no Accept-Encoding: a refusal goes to the application as it is.
            http.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
            http.getContentDecoderFactories().clear();
            // Started, the HttpClient shares its threads and buffers with the WebSocket client.
            WebSocketComponents components = new WebSocketComponents(
                    new ReservedBits(), null, http.getByteBufferPool(), null, null, http.getExecutor());
            WebSocketCoreClient client = new WebSocketCoreClient(http, components);
            client.start();
            return new WebSocketClientEngine(http, client, options);
        } catch (Exception e) {
            throw new IllegalStateException("Jetty's client can't be started: " + e.getMessage(), e);
        }
    }

    private static HttpClient http(ClientOptions options) throws NoSuchAlgorithmException {
        Limits limits = options.limits();
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("ferrule-jetty-client");
        threads.setDaemon(true);
        SslContextFactory.Client ssl = new SslContextFactory.Client();
        SSLContext context = options.sslContext();
        ssl.setSslContext(context == null ? SSLContext.getDefault() : context);
        ssl.setEndpointIdentificationAlgorithm("HTTPS");
        ClientConnector connector = new ClientConnector();
        connector.setExecutor(threads);
        connector.setScheduler(new ScheduledExecutorScheduler("ferrule-jetty-client-timer", true));
        connector.setSslContextFactory(ssl);
        connector.setSelectors(1);
        HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        http.setConnectTimeout(limits.handshakeTimeout().toMillis());
        http.setAddressResolutionTimeout(limits.handshakeTimeout().toMillis());
        // Of connections without a handshake: one that came to be when its handshake had been given up shall not stay.
        http.setIdleTimeout(limits.handshakeTimeout().toMillis());
        http.setMaxResponseHeadersSize(limits.requestHeadBytes());
        http.setFollowRedirects(false);
        http.setHttpCookieStore(new HttpCookieStore.Empty());
        http.setUserAgentField(null);
        http.setMaxConnectionsPerDestination(MAX_HANDSHAKES);
        http.setMaxRequestsQueuedPerDestination(MAX_HANDSHAKES);
        return http;
    }

    @Override
    public Runnable connect(ClientOpening opening) {
        try {
            CompletableFuture<CoreSession> session = client.connect(new UpgradeRequest(client, opening, options));
            return () -> session.completeExceptionally(new CancellationException("abandoned"));
        } catch (Exception e) {
            opening.failed(e);
            return () -> {};
        }
    }

    @Override
    public void stop() {
        try {
            client.stop();
            http.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty's client can't be stopped: " + e.getMessage(), e);
        }
    }
}
