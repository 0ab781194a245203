package dev.ferrule.examples;

import dev.ferrule.Server;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How the servers among the examples live and end. */
final class Serving {
    /** What {@code --engine} chooses from; the first is the default. */
    static final List<String> ENGINES = List.of("jetty", "undertow");

    private static final Duration GRACE = Duration.ofSeconds(2);

    private Serving() {}

    /** Waits until the process is told to end; then each connection is closed with 1001 before it does. */
    static void untilTerminated(Server server) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "shutdown"));
        new CountDownLatch(1).await();
    }

    private static void stop(Server server) {
        server.stop(GRACE)
                .toCompletableFuture()
                .completeOnTimeout(new Server.StopReport(0, 0), 2 * GRACE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
