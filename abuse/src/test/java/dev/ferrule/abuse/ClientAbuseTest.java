package dev.ferrule.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.HandshakeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the matrix that are about clients. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClientAbuseTest {
    private static final long MIB = 1 << 20;
    private static final long MILLIS =
            ClientTarget.HANDSHAKE_TIMEOUT.plusSeconds(1).toMillis();

    private static @Nullable Certificates made;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        made = new Certificates(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @DisplayName("a malicious server gets little of a client's time and memory, and the connection ends as it must")
    void maliciousServers(String engine) throws Exception {
        Outcome outcome = new Outcome();
        long slowest = 0;
        long most = 0;
        try (TargetProcess target = TargetProcess.client(engine)) {
            // So that the classes of a handshake that fails, and of a connection that does, are loaded.
            for (Malice malice : Malice.ALL) {
                if (malice.quick()) {
                    try (MaliciousServer server =
                            new MaliciousServer(ServerSocketFactory.getDefault(), malice.behaviour())) {
                        target.ask(Integer.toString(server.port()));
                    }
                }
            }
            for (Malice malice : bounded(engine)) {
                try (MaliciousServer server =
                        new MaliciousServer(ServerSocketFactory.getDefault(), malice.behaviour())) {
                    long memory = target.stat().memory();
                    long since = System.nanoTime();
                    String end = target.ask(Integer.toString(server.port())).substring(2);
                    long millis = (System.nanoTime() - since) / 1_000_000;
                    long grown = target.stat().memory() - memory;
                    slowest = Math.max(slowest, millis);
                    most = Math.max(most, grown);
                    outcome.require(malice.ends().contains(end), malice.name() + " ended with " + end);
                    outcome.require(millis <= MILLIS, malice.name() + " took " + millis + " ms");
                    // Classes that are loaded meanwhile are among it.
                    outcome.require(grown <= 2 * MIB, malice.name() + " took " + grown + " bytes");
                }
            }
        }
        outcome.figure(bounded(engine).size() + " servers, slowest end after " + slowest + " ms, memory at most + "
                + most / 1024 + " KiB");
        Report.add("malicious servers", engine + " client", "", outcome);
        assertEquals(List.of(), outcome.broken());
    }

    /** The JDK gathers the whole body of a refusal, which its adapter declares with HS-5. */
    private static List<Malice> bounded(String engine) {
        return Malice.ALL.stream()
                .filter(malice -> Matrix.FULL || malice.quick())
                .filter(malice -> !engine.equals("jdk") || !malice.name().equals(Malice.ENDLESS_BODY))
                .toList();
    }

    @Test
    @DisplayName("what the JDK's client declares to be without a bound has none: else the declaration is to go")
    void declared() throws Exception {
        Assumptions.assumeTrue(Matrix.FULL, "fills a heap");
        AtomicLong taken = new AtomicLong();
        try (TargetProcess target = TargetProcess.client("jdk");
                MaliciousServer server = new MaliciousServer(
                        ServerSocketFactory.getDefault(), (in, out, accept) -> Malice.endlessBody(out, taken))) {
            String end = target.ask(Integer.toString(server.port()));
            assertEquals("0 handshake", end);
        } catch (IOException outOfMemory) {
            // It may come to that before the handshake's time is over.
            assertTrue(outOfMemory.getMessage().contains("OutOfMemoryError"), outOfMemory.getMessage());
        }
        assertTrue(taken.get() > 8 * MIB, "it took " + taken + " bytes of a body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "jetty"})
    @DisplayName(
            "a server whose certificate is wrong is refused with a clear error, and one with a good one is accepted")
    void certificates(String engine) throws Exception {
        Certificates certificates = Objects.requireNonNull(made);
        Outcome outcome = new Outcome();
        int refused = 0;
        try (Client client =
                Ferrule.client().adapter(engine).tls(certificates.trusting()).build()) {
            for (Certificates.Kind kind : Certificates.Kind.values()) {
                try (MaliciousServer server =
                        new MaliciousServer(certificates.serving(kind).getServerSocketFactory(), (in, out, accept) -> {
                            out.write(MaliciousServer.response(accept, ""));
                            in.read();
                        })) {
                    String error = error(client, URI.create("wss://localhost:" + server.port() + "/"));
                    outcome.require(
                            error.isEmpty() == (kind == Certificates.Kind.GOOD),
                            kind + " is " + (error.isEmpty() ? "accepted" : "refused: " + error));
                    outcome.require(
                            error.isEmpty() || (error.contains("TLS with localhost:") && error.contains(kind.says)),
                            kind + " is not clear: " + error);
                    refused += error.isEmpty() ? 0 : 1;
                }
            }
        }
        outcome.figure(
                refused + " certificates refused, " + (Certificates.Kind.values().length - refused) + " accepted");
        Report.add("certificates", engine + " client", "", outcome);
        assertEquals(List.of(), outcome.broken());
    }

    /** What the client says of it; empty if it has connected. */
    private static String error(Client client, URI uri) throws Exception {
        try {
            client.connect(uri, new Endpoint() {})
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS)
                    .abort();
            return "";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HandshakeException failed) {
                return String.valueOf(failed.getMessage());
            }
            throw e;
        }
    }
}
