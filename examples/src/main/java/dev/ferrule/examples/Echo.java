package dev.ferrule.examples;

import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.ServerBuilder;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends each message back to where it came from; at {@code /broadcast}, to everybody there. */
final class Echo implements Endpoint {
    static final Command COMMAND = new Command(
            "echo",
            "a server that echoes at /echo, and at /broadcast sends each message to all connections",
            List.of(
                    Option.of("--engine", "jetty|undertow", "what it runs on; jetty by default"),
                    Option.of("--port", "N", "where it listens on 127.0.0.1; 8080 by default, 0 picks a free one"),
                    Option.of("--max-message", "BYTES", "the longest message it accepts; 65536 by default"),
                    Option.flag("--inline", "runs callbacks on the engine's threads: faster, and they may not block"),
                    Option.flag("--deflate", "compresses messages of clients that offer it"),
                    Option.flag("--tls", "speaks wss, with a certificate made for this run"),
                    Option.of("--control", "PORT", "answers the load generator's questions about the JVM there")),
            Echo::run);

    /** Whatever a test sends: DEFLATE itself reaches no larger ratio. */
    static final Deflate DEFLATE = Deflate.DEFAULTS.maxRatio(1032);

    private static int run(Arguments arguments, PrintStream out) throws Exception {
        ServerBuilder builder = Ferrule.server()
                .adapter(arguments.choice("--engine", Serving.ENGINES))
                .listen("127.0.0.1", arguments.number("--port", 8080, 0, 0xFFFF))
                .limits(limits(arguments.number("--max-message", Limits.DEFAULTS.messageBytes(), 1, Integer.MAX_VALUE)))
                .route("/echo", new Echo())
                .route("/broadcast", new Broadcast());
        if (arguments.has("--inline")) {
            builder.inline();
        }
        if (arguments.has("--deflate")) {
            builder.deflate(DEFLATE);
        }
        int control = arguments.number("--control", 0, 1, 0xFFFF);
        if (arguments.has("--tls")) {
            builder.tls(SelfSigned.context());
        }
        if (control != 0) {
            Control.start(control);
        }
        Server server = builder.start();
        out.println("listening on " + server.uri("/echo"));
        Serving.untilTerminated(server);
        return 0;
    }

    /** Room for an echo of the longest message behind another, in fragments of a byte, and for a load test's connections. */
    static Limits limits(int longest) {
        return Limits.builder()
                .messageBytes(longest)
                .frameBytes(longest)
                .fragments(Math.max(Limits.DEFAULTS.fragments(), longest))
                .queueBytes(Math.max(Limits.DEFAULTS.queueBytes(), 2L * longest))
                .connections(20_000)
                .build();
    }

    @Override
    public @Nullable CompletionStage<?> onText(Connection connection, String text) {
        connection.send(text);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
        connection.send(data);
        return null;
    }
}
