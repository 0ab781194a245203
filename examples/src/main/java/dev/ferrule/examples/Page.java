package dev.ferrule.examples;

import dev.ferrule.HttpHook;
import dev.ferrule.protocol.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Serves one HTML page, which needs nothing else, at {@code /}. */
final class Page implements HttpHook {
    /** The page may run what is in it and connect to where it came from, whatever somebody might smuggle into it. */
    private static final Headers HEADERS = Headers.builder()
            .add("Content-Type", "text/html; charset=utf-8")
            .add(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
                            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
            .add("X-Content-Type-Options", "nosniff")
            .add("Cache-Control", "no-cache")
            .build();

    private final byte[] html;

    Page(String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            html = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable Response respond(String method, String path) {
        return method.equals("GET") && path.equals("/") ? new Response(200, HEADERS, ByteBuffer.wrap(html)) : null;
    }
}
