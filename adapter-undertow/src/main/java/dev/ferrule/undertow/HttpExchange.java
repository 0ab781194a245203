package dev.ferrule.undertow;

import dev.ferrule.protocol.Header;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import dev.ferrule.spi.Opening;
import dev.ferrule.spi.ServerExchange;
import io.undertow.security.api.SecurityContext;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.SSLSessionInfo;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A request to Undertow. */
final class HttpExchange implements ServerExchange {
    private final HttpServerExchange exchange;
    private final OpeningRequest request;
    private final SharedThreads threads;

    HttpExchange(HttpServerExchange exchange, SharedThreads threads) {
        this.exchange = exchange;
        this.threads = threads;
        this.request = new OpeningRequest(
                exchange.getRequestMethod().toString(),
                exchange.getProtocol().toString(),
                target(exchange),
                headers(exchange.getRequestHeaders()));
    }

    private static String target(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        return query.isEmpty() ? exchange.getRequestURI() : exchange.getRequestURI() + "?" + query;
    }

    private static Headers headers(HeaderMap map) {
        List<Header> fields = new ArrayList<>(map.size());
        // Without the iterators that each name would make: with them, a handshake allocates 200 bytes more.
        for (long at = map.fastIterate(); at != -1; at = map.fiNext(at)) {
            HeaderValues values = map.fiCurrent(at);
            for (int i = 0; i < values.size(); i++) {
                fields.add(new Header(values.getHeaderName().toString(), values.get(i)));
            }
        }
        return Headers.received(fields);
    }

    @Override
    public OpeningRequest request() {
        return request;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return exchange.getSourceAddress();
    }

    @Override
    public boolean secure() {
        return exchange.isSecure();
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        SSLSessionInfo info = exchange.getConnection().getSslSessionInfo();
        return info == null ? null : info.getSSLSession();
    }

    @Override
    public @Nullable Principal principal() {
        SecurityContext context = exchange.getSecurityContext();
        return context == null || context.getAuthenticatedAccount() == null
                ? null
                : context.getAuthenticatedAccount().getPrincipal();
    }

    @Override
    public Executor workers() {
        return exchange.getConnection().getWorker();
    }

    @Override
    public boolean mayBlock() {
        return !exchange.isInIoThread();
    }

    @Override
    public void respond(int status, Headers headers, byte[] body) {
        exchange.setStatusCode(status);
        add(headers);
        // Nothing behind this request is read any more.
        exchange.setPersistent(false);
        exchange.setResponseContentLength(body.length);
        if (body.length == 0 || status == 204 || status == 304) {
            exchange.endExchange();
        } else {
            exchange.getResponseSender().send(ByteBuffer.wrap(body));
        }
    }

    @Override
    public void upgrade(Headers headers, Opening opening) {
        Upgrade upgrade = new Upgrade(opening, threads.of(exchange.getIoThread()), exchange);
        exchange.getConnection().addCloseListener(upgrade);
        exchange.upgradeChannel(upgrade);
        add(headers);
        exchange.endExchange();
    }

    private void add(Headers headers) {
        HeaderMap map = exchange.getResponseHeaders();
        for (Header field : headers) {
            HttpString name = HttpString.tryFromString(field.name());
            if (!map.contains(name) || !field.name().equalsIgnoreCase("Connection")) {
                map.add(name, field.value());
            }
        }
    }
}
