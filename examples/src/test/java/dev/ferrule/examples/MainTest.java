package dev.ferrule.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    /** What a run left behind. */
    private record Outcome(int status, String out, String err) {
        static Outcome of(String line) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));
            int status = Main.run(words, printer(out), printer(err));
            return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        private static PrintStream printer(ByteArrayOutputStream bytes) {
            return new PrintStream(bytes, true, StandardCharsets.UTF_8);
        }

        void isOneSentence(int expectedStatus, String begin) {
            assertEquals(expectedStatus, status, err);
            assertEquals("", out);
            assertTrue(err.startsWith(begin), err);
            assertEquals(1, err.lines().count(), err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--help"})
    void alone_it_lists_the_commands(String line) {
        Outcome outcome = Outcome.of(line);
        assertEquals(0, outcome.status());
        for (String command : List.of("chat", "echo", "echo-client", "autobahn-client", "conformance")) {
            assertEquals(
                    1,
                    outcome.out()
                            .lines()
                            .filter(one -> one.startsWith("  " + command + " "))
                            .count(),
                    command);
        }
        assertEquals("", outcome.err());
    }

    @ParameterizedTest
    @CsvSource({
        "chat,--port",
        "echo,--max-message",
        "echo-client,--url",
        "autobahn-client,--agent",
        "conformance,--help"
    })
    void every_command_has_help(String command, String option) {
        Outcome outcome = Outcome.of(command + " --help");
        assertEquals(0, outcome.status());
        assertTrue(outcome.out().contains("  " + option + " "), outcome.out());
        assertEquals("", outcome.err());
    }

    @Test
    void a_wrong_command_is_wrong_usage() {
        Outcome.of("chess").isOneSentence(2, "ferrule: there is no command 'chess'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat --room 1",
                "echo --port eighty",
                "echo --max-message 0",
                "echo --engine netty",
                "echo-client",
                "echo-client --url http://127.0.0.1/",
                "autobahn-client --url ws://127.0.0.1:9",
                "conformance now"
            })
    void a_wrong_option_is_wrong_usage(String line) {
        Outcome.of(line).isOneSentence(2, "ferrule " + line.replaceFirst(" .*", "") + ": ");
    }

    @ParameterizedTest
    @CsvSource({"chat,jetty", "chat,undertow", "echo,jetty", "echo,undertow"})
    void a_port_in_use_is_one_sentence(String command, String engine) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Outcome outcome = Outcome.of(command + " --engine " + engine + " --port " + taken.getLocalPort());
            outcome.isOneSentence(1, "ferrule " + command + ": ");
            assertTrue(outcome.err().contains(String.valueOf(taken.getLocalPort())), outcome.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    void an_unknown_host_is_one_sentence(String engine) {
        Outcome outcome = Outcome.of("echo-client --engine " + engine + " --url ws://nowhere.invalid/echo");
        outcome.isOneSentence(1, "ferrule echo-client: ");
        assertTrue(outcome.err().contains("unknown host nowhere.invalid"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    void a_port_where_nothing_listens_is_one_sentence(String engine) throws IOException {
        try (Socket bound = new Socket()) {
            // So that nobody else gets the port.
            bound.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            int port = bound.getLocalPort();
            Outcome outcome = Outcome.of("echo-client --engine " + engine + " --url ws://127.0.0.1:" + port + "/echo");
            outcome.isOneSentence(1, "ferrule echo-client: ");
            assertTrue(outcome.err().contains("127.0.0.1:" + port + " refused"), outcome.err());
        }
    }

    @ParameterizedTest
    @CsvSource({"jdk,jetty", "jdk,undertow", "jetty,jetty", "jetty,undertow"})
    void a_refused_handshake_is_one_sentence(String client, String engine) throws IOException {
        try (Server server = Ferrule.server()
                .adapter(engine)
                .route("/echo", new Endpoint() {})
                .start()) {
            Outcome outcome = Outcome.of("echo-client --engine " + client + " --url " + server.uri("/nothing"));
            outcome.isOneSentence(1, "ferrule echo-client: ");
            assertTrue(outcome.err().contains("404"), outcome.err());
        }
    }
}
