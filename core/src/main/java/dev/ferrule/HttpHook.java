package dev.ferrule;

import dev.ferrule.protocol.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers plain HTTP requests that reach a server of Ferrule's outside of its routes: a health page, the page of an
 * example. It is no web framework: applications with more to serve mount Ferrule into an engine of their own.
 */
@FunctionalInterface
public interface HttpHook {
    /**
     * Answers a request. Must not block.
     *
     * @param method as it was on the wire, for instance {@code GET}
     * @param path as it was on the wire, without the query
     * @return the response, or {@code null} for 404
     * @throws Exception whatever went wrong: logged, and answered with 500
     */
    @Nullable
    Response respond(String method, String path) throws Exception;

    /**
     * A response.
     *
     * @param status from 200 to 599
     * @param headers its fields; Content-Length is added
     * @param body its bytes, from the position to the limit; not copied
     */
    record Response(int status, Headers headers, ByteBuffer body) {
        /**
         * A response with status 200.
         *
         * @param contentType for instance {@code text/html; charset=utf-8}
         * @param body its bytes, not copied
         * @return the response
         */
        public static Response ok(String contentType, byte[] body) {
            return new Response(200, Headers.empty().with("Content-Type", contentType), ByteBuffer.wrap(body));
        }
    }
}
