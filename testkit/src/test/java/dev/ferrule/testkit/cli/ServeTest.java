package dev.ferrule.testkit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.testkit.mutant.Flaw;
import dev.ferrule.testkit.mutant.Flaws;
import dev.ferrule.testkit.mutant.TinyClient;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.FrameDecoder;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireClient;
import dev.ferrule.testkit.wire.WireConnection;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's driver that was written for Autobahn")
class ServeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    @DisplayName("is told the number of cases, plays them, and has its report made")
    void correct() throws Exception {
        assertEquals(Status.GOOD.code, drive(Flaws.NONE));
    }

    @Test
    @DisplayName("with a client that never answers a ping ends in status 1")
    void flawed() throws Exception {
        assertEquals(Status.FAILED.code, drive(Flaws.only(Flaw.NO_PONG)));
    }

    private static int drive(Flaws flaws) throws Exception {
        PipedInputStream read = new PipedInputStream(1 << 16);
        PrintStream out = new PrintStream(new PipedOutputStream(read), true, StandardCharsets.UTF_8);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> Testkit.run(
                List.of("serve", "--port", "0", "--once", "--only", "6455-5.5.2-1/*", "--patience", "1s"),
                out,
                out,
                false));
        Scanner lines = new Scanner(read, StandardCharsets.UTF_8);
        String base = lines.nextLine().replaceAll(".* (ws:[^ ,]*)/,.*", "$1");
        int count = Integer.parseInt(ask(base + "/getCaseCount"));
        assertTrue(count > 5, "cases: " + count);
        assertTrue(ask(base + "/getCaseInfo?case=1").contains("6455-5.5.2-1/"));
        for (int i = 1; i <= 3; i++) {
            new TinyClient(flaws)
                    .echo(URI.create(base + "/runCase?case=" + i + "&agent=tiny"), () -> {})
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        ask(base + "/updateReports?agent=tiny");
        return status.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static String ask(String url) throws IOException, InterruptedException {
        WireClient client = new WireClient(URI.create(url));
        try (WireConnection connection = client.connect(PATIENCE)) {
            connection.send(client.render(RequestSpec.CORRECT));
            assertTrue(connection.awaitHead(Deadline.in(PATIENCE)).isPresent(), "an answer to " + url);
            FrameDecoder decoder = new FrameDecoder(Role.SERVER);
            StringBuilder text = new StringBuilder();
            while (connection.await(Deadline.in(PATIENCE)) instanceof Arrival.Data data) {
                decoder.feed(data.bytes()).stream()
                        .filter(frame -> !frame.control())
                        .forEach(frame -> text.append(frame.payload().utf8()));
            }
            return text.toString();
        }
    }
}
