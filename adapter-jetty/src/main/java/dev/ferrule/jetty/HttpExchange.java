package dev.ferrule.jetty;

import dev.ferrule.Callbacks;
import dev.ferrule.protocol.Header;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import dev.ferrule.spi.HandoverExecutor;
import dev.ferrule.spi.Handshakes;
import dev.ferrule.spi.Opening;
import dev.ferrule.spi.ServerExchange;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** A request to Jetty. */
final class HttpExchange implements ServerExchange {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Callbacks callbacks;
    private final ConnectionMetaData connection;
    private final OpeningRequest opening;
    private final Executor workers;
    private final ConcurrentMap<Executor, Executor> handovers;
    private final ReadingOrders orders;
    private final @Nullable RequestTimer timer;
    /** The thread in {@link #handle}: Jetty goes on with the connection when it returns. */
    private volatile @Nullable Thread handling;

    HttpExchange(
            Request request,
            Response response,
            Callback callback,
            Callbacks callbacks,
            ConcurrentMap<Executor, Executor> handovers,
            ReadingOrders orders) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.callbacks = callbacks;
        this.connection = request.getConnectionMetaData();
        this.opening = new OpeningRequest(
                request.getMethod(), connection.getHttpVersion().asString(), target(), headers(request.getHeaders()));
        this.workers = request.getComponents().getExecutor();
        this.handovers = handovers;
        this.orders = orders;
        this.timer = RequestTimer.of(connection);
    }

    /** Jetty completes the URI by scheme and authority; what it would have put there itself wasn't on the wire. */
    private String target() {
        HttpURI uri = request.getHttpURI();
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            return String.valueOf(uri.getAuthority());
        }
        if (!completed(uri)) {
            return uri.asString();
        }
        String pathQuery = String.valueOf(uri.getPathQuery());
        return uri.getFragment() == null ? pathQuery : pathQuery + "#" + uri.getFragment();
    }

    private boolean completed(HttpURI uri) {
        if (!(request.getHeaders().getField(HttpHeader.HOST) instanceof HostPortHttpField host)) {
            return true;
        }
        String scheme = connection.isSecure() ? "https" : "http";
        return scheme.equals(uri.getScheme())
                && uri.getUser() == null
                && host.getHost().equals(uri.getHost())
                && URIUtil.normalizePortForScheme(scheme, host.getPort())
                        == URIUtil.normalizePortForScheme(scheme, uri.getPort());
    }

    private static Headers headers(HttpFields received) {
        List<Header> fields = new ArrayList<>(received.size());
        for (HttpField field : received) {
            fields.add(new Header(field.getName(), field.getValue() == null ? "" : field.getValue()));
        }
        return Headers.received(fields);
    }

    void handle(Handshakes handshakes) {
        if (timer != null) {
            timer.requestArrived();
        }
        int most = handshakes.options().limits().requestHeadFields();
        if (opening.headers().size() > most) {
            respond(
                    431,
                    Headers.empty().with("Content-Type", "text/plain; charset=utf-8"),
                    ("more than " + most + " header fields\n").getBytes(StandardCharsets.UTF_8));
            return;
        }
        handling = Thread.currentThread();
        handshakes.handle(this);
        handling = null;
    }

    @Override
    public OpeningRequest request() {
        return opening;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return connection.getRemoteSocketAddress();
    }

    @Override
    public boolean secure() {
        // A customizer of the application's may know of TLS in front of it; without one, a peer could claim the scheme.
        return connection.getHttpConfiguration().getCustomizers().isEmpty()
                ? connection.isSecure()
                : request.isSecure();
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        SslSessionData data = connection.getConnection().getEndPoint().getSslSessionData();
        return data == null ? null : data.sslSession();
    }

    @Override
    public @Nullable Principal principal() {
        return Request.getAuthenticationState(request).getUserPrincipal();
    }

    @Override
    public Executor workers() {
        return workers;
    }

    @Override
    public boolean mayBlock() {
        return !callbacks.inline();
    }

    @Override
    public void respond(int status, Headers headers, byte[] body) {
        response.setStatus(status);
        HttpFields.Mutable fields = add(headers);
        if (status != 204 && status != 304) {
            fields.put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        fields.add(HttpHeader.CONNECTION, "close");
        response.write(
                true, ByteBuffer.wrap(body), timer == null ? callback : Callback.from(timer::answered, callback));
    }

    @Override
    public void upgrade(Headers headers, Opening agreed) {
        response.setStatus(101);
        add(headers);
        EndPoint endPoint = connection.getConnection().getEndPoint();
        Executor handover = handovers.computeIfAbsent(workers, HandoverExecutor::new);
        UpgradedStream stream = new UpgradedStream(endPoint, handover, orders.of(connection.getConnector(), endPoint));
        UpgradedConnection upgraded = new UpgradedConnection(stream, endPoint, agreed);
        connection.getConnector().getEventListeners().forEach(upgraded::addEventListener);
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, upgraded);
        // The server may be stopped between the response and the upgrade.
        Request.addCompletionListener(request, failure -> {
            if (failure != null) {
                upgraded.abandon();
            }
        });
        Callback sent = Callback.from(this::sent, failure -> {
            request.removeAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE);
            upgraded.abandon();
            callback.failed(failure);
        });
        response.write(true, BufferUtil.EMPTY_BUFFER, sent);
    }

    /** Jetty upgrades when the callback has completed and the handler has returned. */
    private void sent() {
        if (handling == Thread.currentThread()) {
            callback.succeeded();
        } else {
            // Whoever has decided at last, callbacks of the connection are no affair of that thread.
            workers.execute(callback::succeeded);
        }
    }

    private HttpFields.Mutable add(Headers headers) {
        HttpFields.Mutable fields = response.getHeaders();
        for (Header field : headers) {
            fields.add(field.name(), field.value());
        }
        return fields;
    }
}
