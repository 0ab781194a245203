package dev.ferrule.jetty;

import dev.ferrule.ClientOptions;
import dev.ferrule.ConnectRequest;
import dev.ferrule.HandshakeException;
import dev.ferrule.protocol.ClientHandshake;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.Header;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningResponse;
import dev.ferrule.protocol.PerMessageDeflate;
import dev.ferrule.protocol.WebSocketUri;
import dev.ferrule.spi.ClientOpening;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;

/** An opening handshake of Jetty's; its response is judged by core, since Jetty is lax. */
final class UpgradeRequest extends CoreClientUpgradeRequest implements Response.Listener {
    /** As much of the body of a refusal is for the application. */
    private static final int MAX_BODY = 8 << 10;

    private static final int READ_BYTES = 16 << 10;

    private final ClientOpening opening;
    private final WebSocketPieces pieces;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean headArrived;

    UpgradeRequest(WebSocketCoreClient client, ClientOpening opening, ClientOptions options) {
        super(client, opening.request().uri());
        this.opening = opening;
        this.pieces = new WebSocketPieces(opening, client.getHttpClient().getExecutor(), options.callbacks());
        timeout(options.limits().handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        Configuration.ConfigurationCustomizer configuration = new Configuration.ConfigurationCustomizer();
        // Frames as they come, so that Jetty refuses one that is too long by its header, and core counts them.
        configuration.setAutoFragment(false);
        long frameBytes = options.limits().frameBytes();
        configuration.setMaxFrameSize(
                options.deflate() == null ? frameBytes : PerMessageDeflate.maxFrameBytes(frameBytes));
        configuration.setInputBufferSize(READ_BYTES);
        configuration.setIdleTimeout(Duration.ZERO);
        setConfiguration(configuration);
        for (Extension extension : opening.extensions()) {
            addExtensions(extension.toString());
        }
    }

    @Override
    public FrameHandler getFrameHandler() {
        return pieces;
    }

    @Override
    public HttpUpgrader newHttpUpgrader(HttpVersion version) {
        HttpUpgrader engine = super.newHttpUpgrader(version);
        return new HttpUpgrader() {
            @Override
            public void prepare(Request request) {
                engine.prepare(request);
                request.headers(UpgradeRequest.this::complete);
            }

            @Override
            public void upgrade(Response response, EndPoint endPoint, Callback callback) {
                try {
                    check(response);
                } catch (IOException e) {
                    callback.failed(e);
                    return;
                }
                engine.upgrade(response, new WatchedEndPoint(endPoint, pieces::endOfInput), callback);
            }
        };
    }

    private void complete(HttpFields.Mutable headers) {
        headers.remove(HttpHeader.PRAGMA);
        headers.remove(HttpHeader.CACHE_CONTROL);
        ConnectRequest asked = opening.request();
        if (!asked.subprotocols().isEmpty()) {
            headers.put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, String.join(", ", asked.subprotocols()));
        }
        for (Header field : asked.headers()) {
            headers.add(field.name(), field.value());
        }
    }

    private void check(Response response) throws IOException {
        ClientHandshake.Result result = ClientHandshake.check(
                new OpeningResponse(response.getVersion().asString(), response.getStatus(), received(response)),
                response.getRequest().getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY),
                opening.request().subprotocols(),
                opening.extensions());
        if (result instanceof ClientHandshake.Accepted accepted) {
            opening.agreed(accepted.subprotocol(), accepted.extensions());
        } else if (result instanceof ClientHandshake.Failed failed) {
            throw new HandshakeException(failed.reason(), response.getStatus(), received(response), new byte[0]);
        }
    }

    private static Headers received(Response response) {
        List<Header> fields = new ArrayList<>();
        for (HttpField field : response.getHeaders()) {
            fields.add(new Header(field.getName(), field.getValue() == null ? "" : field.getValue()));
        }
        return Headers.received(fields);
    }

    // ------------------------------------------------------------------ no upgrade

    @Override
    public void onHeaders(Response response) {
        headArrived = true;
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
        byte[] bytes = new byte[Math.min(content.remaining(), MAX_BODY - body.size())];
        content.get(bytes);
        body.write(bytes, 0, bytes.length);
        if (body.size() == MAX_BODY) {
            Object unused = response.abort(new IOException("enough of the body"));
        }
    }

    @Override
    public void onComplete(Result result) {
        Response response = result.getResponse();
        Throwable failure = result.getFailure();
        if (pieces.bound()) {
            return;
        }
        if (headArrived && response.getStatus() != 101) {
            opening.refused(response.getStatus(), received(response), body.toByteArray());
        } else if (failure == null || failure.getMessage() == null || endedEarly(failure, response)) {
            opening.failed(new IOException("the connection was closed before a whole response", failure));
        } else if (failure instanceof HttpResponseException) {
            // Its message shows Jetty's own state.
            opening.failed(new IOException("response is not valid HTTP/1.1: " + response.getReason(), failure));
        } else if (failure instanceof SSLException) {
            String authority =
                    WebSocketUri.parse(opening.request().uri().toString()).authority();
            opening.failed(new IOException("TLS with " + authority + " failed: " + innermost(failure), failure));
        } else {
            opening.failed(failure);
        }
    }

    /** What the last of the causes says: those around it tell of the JDK's own classes. */
    private static String innermost(Throwable failure) {
        String said = failure.getClass().getSimpleName();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            said = t.getMessage() == null ? said : t.getMessage();
        }
        return said;
    }

    /** Jetty tells it in one of two ways, by how far its parser had come. */
    private static boolean endedEarly(Throwable failure, Response response) {
        return failure instanceof EOFException
                || (failure instanceof HttpResponseException && "Early EOF".equals(response.getReason()));
    }
}
