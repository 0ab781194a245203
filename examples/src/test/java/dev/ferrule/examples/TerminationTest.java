package dev.ferrule.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.protocol.CloseCode;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminationTest {
    /** What a JVM ends with behind a SIGTERM: 128 and the number of the signal. */
    private static final int TERMINATED = 143;

    @ParameterizedTest
    @CsvSource({"echo, jetty", "echo, undertow", "chat, jetty", "chat, undertow"})
    @DisplayName("a server that is told to end by SIGTERM closes its connections with 1001 before it does (CL-7)")
    void sigterm(String command, String engine) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        command,
                        "--engine",
                        engine,
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader();
                Client client = Ferrule.client().adapter("jdk").build()) {
            String line = String.valueOf(output.readLine());
            int colon = line.indexOf("127.0.0.1:");
            assertTrue(colon > 0, line);
            String port = line.substring(colon + "127.0.0.1:".length()).replaceAll("[^0-9].*", "");
            CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
            Endpoint endpoint = new Endpoint() {
                @Override
                public void onClose(Connection connection, CloseEvent event) {
                    closed.complete(event);
                }
            };
            client.connect(URI.create("ws://127.0.0.1:" + port + "/" + command), endpoint)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            process.destroy();
            CloseEvent event = closed.get(20, TimeUnit.SECONDS);
            assertEquals(CloseCode.GOING_AWAY, event.code());
            assertTrue(event.clean(), event.toString());
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "the process goes on");
            assertEquals(TERMINATED, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
