package dev.ferrule.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ferrule.Client;
import dev.ferrule.Connection;
import dev.ferrule.Deflate;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.protocol.Role;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Many messages of many sizes, in fragments and ahead of their echoes, over permessage-deflate with npm's ws and
 * Debian's python3-websockets; each asks for it plainly, without context takeover, and with smaller windows.
 */
@DisplayName("each adapter that compresses exchanges compressed messages with")
class DeflateInteropTest {
    private static final String MESSAGES = "200";
    private static final int VARIANTS = 4;
    private static final Limits LIMITS = Limits.builder()
            .messageBytes(1 << 20)
            .frameBytes(1 << 20)
            .queueBytes(8 << 20)
            .controlFramesPerSecond(10_000)
            .controlFrameBurst(10_000)
            .build();
    private static final Endpoint ECHO = new Endpoint() {
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
    };

    private interface Exchange {
        void run(String library, String adapter, Deflate deflate) throws Exception;
    }

    private static List<DynamicTest> each(List<String> adapters, Exchange exchange) throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String library : Program.libraries()) {
            for (String adapter : adapters) {
                for (Deflate deflate : List.of(Deflate.DEFAULTS, Deflate.DEFAULTS.withContextTakeover())) {
                    String context = deflate.contextTakeover() ? "with" : "without";
                    tests.add(dynamicTest(
                            library + ", " + adapter + " " + context + " context takeover",
                            () -> exchange.run(library, adapter, deflate.threshold(100))));
                }
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> clients() throws Exception {
        return each(
                Ferrule.adapters(Role.SERVER).stream()
                        .filter(name -> !name.equals("memory"))
                        .toList(),
                DeflateInteropTest::client);
    }

    private static void client(String library, String adapter, Deflate deflate) throws Exception {
        try (Server server = Ferrule.server()
                        .adapter(adapter)
                        .limits(LIMITS)
                        .deflate(deflate)
                        .route("/echo", ECHO)
                        .start();
                Program program = Program.start(
                        library, "deflate-client", server.uri("/echo").toString(), MESSAGES)) {
            assertEquals("ok", program.verdict());
        }
    }

    @TestFactory
    List<DynamicTest> servers() throws Exception {
        return each(List.of("jetty"), DeflateInteropTest::server);
    }

    private static void server(String library, String adapter, Deflate deflate) throws Exception {
        try (Program program = Program.start(library, "deflate-server", MESSAGES);
                Client client = Ferrule.client()
                        .adapter(adapter)
                        .limits(LIMITS)
                        .deflate(deflate)
                        .build()) {
            String uri = "ws://127.0.0.1:" + program.port() + "/";
            for (int i = 0; i < VARIANTS; i++) {
                Connection connection = client.connect(URI.create(uri + i), ECHO)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
                assertEquals(1, connection.extensions().size());
            }
            assertEquals("ok", program.verdict());
        }
    }
}
