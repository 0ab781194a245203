package dev.ferrule.examples;

import dev.ferrule.Acceptor;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeDecision;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.Server;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who brings a token, in one of the three places where a client can put it:
 *
 * <pre>
 * Authorization: Bearer TOKEN                          programs
 * Cookie: session=TOKEN                                browsers, by the page's own login
 * Sec-WebSocket-Protocol: greet.v1, bearer.TOKEN       browsers: new WebSocket(url, ["greet.v1", "bearer.TOKEN"])
 * </pre>
 *
 * <p>A token in the URL would end up in logs, so there is no fourth.
 */
final class Authentication implements Acceptor {
    static final Command COMMAND = new Command(
            "auth",
            "a server at /greet for those who bring a token in a header, a cookie or a subprotocol",
            List.of(
                    Option.of("--engine", "jetty|undertow", "what it runs on; jetty by default"),
                    Option.of("--port", "N", "where it listens on 127.0.0.1; 8080 by default, 0 picks a free one"),
                    Option.of("--token", "TOKEN", "the one token that it accepts")),
            Authentication::run);

    static final String SUBPROTOCOL = "greet.v1";

    private static final String BEARER = "Bearer ";
    private static final String OFFERED = "bearer.";

    private final byte[] expected;

    Authentication(String token) {
        expected = token.getBytes(StandardCharsets.UTF_8);
    }

    private static int run(Arguments arguments, PrintStream out) throws Exception {
        Server server = Ferrule.server()
                .adapter(arguments.choice("--engine", Serving.ENGINES))
                .listen("127.0.0.1", arguments.number("--port", 8080, 0, 0xFFFF))
                .route("/greet", new Authentication(arguments.text("--token")))
                .start();
        out.println("listening on " + server.uri("/greet"));
        Serving.untilTerminated(server);
        return 0;
    }

    /** To ask a database instead, return {@link HandshakeDecision#later} with a stage. */
    @Override
    public HandshakeDecision accept(HandshakeRequest request) {
        String token = token(request);
        if (token == null || !MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), expected)) {
            return HandshakeDecision.reject(401, "a token is needed").header("WWW-Authenticate", "Bearer");
        }
        // The subprotocol that is chosen is never the one with the token, which would come back in the response.
        return HandshakeDecision.accept(new Greeting()).subprotocol(List.of(SUBPROTOCOL), request);
    }

    private static @Nullable String token(HandshakeRequest request) {
        String header = request.header("Authorization");
        if (header != null) {
            return header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
        }
        String cookie = request.cookies().get("session");
        if (cookie != null) {
            return cookie;
        }
        return request.subprotocols().stream()
                .filter(offered -> offered.startsWith(OFFERED))
                .map(offered -> offered.substring(OFFERED.length()))
                .findFirst()
                .orElse(null);
    }

    private static final class Greeting implements Endpoint {
        @Override
        public void onOpen(Connection connection) {
            connection.send("welcome");
        }

        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            connection.send("hello " + text);
            return null;
        }
    }
}
