package dev.ferrule.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ferrule.Client;
import dev.ferrule.ConnectRequest;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import dev.ferrule.Server;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AuthenticationTest {
    private @Nullable Client client;

    /** What the server says first to who comes with this request. */
    private Connection connect(ConnectRequest request) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        Connection connection = client.connect(request, Endpoint.onText((to, text) -> first.complete(text)))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertEquals("welcome", first.get(10, TimeUnit.SECONDS));
        return connection;
    }

    private void refused(ConnectRequest request) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> connect(request));
        HandshakeException refusal = assertInstanceOf(HandshakeException.class, failure.getCause());
        assertEquals(401, refusal.status());
        assertEquals("Bearer", refusal.headers().first("WWW-Authenticate"));
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.examples.Engines#pairs")
    void a_token_lets_in_from_a_header_a_cookie_or_a_subprotocol_and_nothing_else_does(
            String engine, String clientEngine) throws Exception {
        try (Server server = Ferrule.server()
                        .adapter(engine)
                        .route("/greet", new Authentication("t0ken"))
                        .start();
                Client started = Ferrule.client().adapter(clientEngine).build()) {
            client = started;
            ConnectRequest request = ConnectRequest.to(server.uri("/greet"));
            assertNull(connect(request.header("Authorization", "Bearer t0ken")).subprotocol());
            assertNull(connect(request.header("Cookie", "theme=dark; session=t0ken"))
                    .subprotocol());
            assertEquals(
                    Authentication.SUBPROTOCOL,
                    connect(request.subprotocols(Authentication.SUBPROTOCOL, "bearer.t0ken"))
                            .subprotocol());
            refused(request);
            refused(request.header("Authorization", "Bearer wrong"));
            refused(request.header("Authorization", "Basic t0ken"));
            refused(request.header("Cookie", "session=wrong"));
            refused(request.subprotocols(Authentication.SUBPROTOCOL));
        }
    }
}
