package dev.ferrule;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a client does with all of its connections. {@link ClientBuilder} makes one.
 *
 * @param limits the bounds of each connection
 * @param callbacks on which threads the callbacks run
 * @param sslContext whom to trust, or {@code null} for the default of the JDK; the name of the host is always checked
 * @param plaintext whether {@code ws} to a host that isn't loopback is allowed
 * @param sendPolicy what becomes of messages for which there is no room
 * @param observer sees what happens, or {@code null}
 * @param deflate how messages are compressed where a server agrees, or {@code null} for not at all
 */
public record ClientOptions(
        Limits limits,
        Callbacks callbacks,
        @Nullable SSLContext sslContext,
        boolean plaintext,
        SendPolicy sendPolicy,
        @Nullable Observer observer,
        @Nullable Deflate deflate) {}
