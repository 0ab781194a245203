package dev.ferrule.jdk;

import dev.ferrule.protocol.Header;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.WebSocketUri;
import dev.ferrule.spi.ClientOpening;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong in a handshake, where the JDK often has no message at all. */
final class HandshakeFailure {
    /** How much of a body is worth keeping. */
    private static final int BODY = 8 << 10;

    private HandshakeFailure() {}

    static void report(ClientOpening opening, WebSocketUri uri, Throwable failure) {
        WebSocketHandshakeException refusal = find(WebSocketHandshakeException.class, failure);
        if (refusal == null) {
            opening.failed(explained(uri, failure));
        } else if (refusal.getResponse().statusCode() == 101) {
            opening.failed(
                    new IOException("response is not valid: " + message(failure) + " (RFC 6455 section 4.1)", failure));
        } else {
            HttpResponse<?> response = refusal.getResponse();
            opening.refused(response.statusCode(), headers(response), body(response.body()));
        }
    }

    private static Throwable explained(WebSocketUri uri, Throwable failure) {
        if (find(HttpTimeoutException.class, failure) != null) {
            return caused(new TimeoutException("handshake timeout: no whole response in time"), failure);
        }
        if (find(SSLException.class, failure) != null) {
            return new IOException("TLS with " + uri.authority() + " failed: " + message(failure), failure);
        }
        return failure instanceof IOException && failure.getMessage() != null
                ? failure
                : new IOException(message(failure), failure);
    }

    private static <T extends Throwable> T caused(T explanation, Throwable cause) {
        explanation.initCause(cause);
        return explanation;
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    /** What the innermost of the causes says, as it is the least wrapped. */
    private static String message(Throwable failure) {
        String said = failure.getClass().getSimpleName();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t.getMessage() != null) {
                said = t.getMessage();
            }
        }
        return said;
    }

    private static Headers headers(HttpResponse<?> response) {
        List<Header> fields = new ArrayList<>();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> fields.add(new Header(name, value))));
        return Headers.received(fields);
    }

    private static byte[] body(@Nullable Object body) {
        if (!(body instanceof String text)) {
            return new byte[0];
        }
        byte[] bytes = text.substring(0, Math.min(text.length(), BODY)).getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, Math.min(bytes.length, BODY));
    }
}
