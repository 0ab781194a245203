package dev.ferrule.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Role;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Text, binary, fragmented, empty and 1 MiB messages, pings and closes with npm's ws and Debian's python3-websockets. */
@DisplayName("each adapter exchanges messages, pings and closes with")
class InteropTest {
    private static final Limits LIMITS = Limits.builder()
            .messageBytes(8 << 20)
            .frameBytes(8 << 20)
            .queueBytes(16 << 20)
            .build();

    /** The same object on every adapter. */
    private static final class Echo implements Endpoint {
        final BlockingQueue<CloseEvent> closed = new LinkedBlockingQueue<>();

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

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            closed.add(event);
        }

        void assertClosedBy(CloseEvent.Initiator initiator) throws InterruptedException {
            CloseEvent event = closed.poll(10, TimeUnit.SECONDS);
            assertTrue(
                    event != null
                            && event.clean()
                            && event.initiator() == initiator
                            && event.code().equals(CloseCode.of(4001)),
                    () -> "closed with " + event);
        }
    }

    @TestFactory
    List<DynamicTest> clients() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String library : Program.libraries()) {
            for (String adapter : engines(Role.SERVER)) {
                tests.add(dynamicTest(library + " as the client of " + adapter, () -> client(library, adapter)));
            }
        }
        return tests;
    }

    /** No other program can reach the network in memory. */
    private static List<String> engines(Role role) {
        return Ferrule.adapters(role).stream()
                .filter(adapter -> !adapter.equals("memory"))
                .toList();
    }

    private static void client(String library, String adapter) throws Exception {
        Echo echo = new Echo();
        try (Server server = Ferrule.server()
                        .adapter(adapter)
                        .limits(LIMITS)
                        .route("/echo", echo)
                        .start();
                Program program =
                        Program.start(library, "client", server.uri("/echo").toString())) {
            assertEquals("ok", program.verdict());
            echo.assertClosedBy(CloseEvent.Initiator.PEER);
        }
    }

    @TestFactory
    List<DynamicTest> servers() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String library : Program.libraries()) {
            for (String adapter : engines(Role.CLIENT)) {
                tests.add(dynamicTest(library + " as the server of " + adapter, () -> server(library, adapter)));
            }
        }
        return tests;
    }

    private static void server(String library, String adapter) throws Exception {
        Echo echo = new Echo();
        try (Program program = Program.start(library, "server");
                Client client = Ferrule.client().adapter(adapter).limits(LIMITS).build()) {
            client.connect(URI.create("ws://127.0.0.1:" + program.port() + "/"), echo)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertEquals("ok", program.verdict());
            echo.assertClosedBy(CloseEvent.Initiator.PEER);
        }
    }
}
