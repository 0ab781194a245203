package dev.ferrule.jdk;

import dev.ferrule.ClientOptions;
import dev.ferrule.spi.ClientEngine;
import dev.ferrule.spi.ClientOpening;
import dev.ferrule.spi.HandoverExecutor;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client on a {@link HttpClient} of its own. */
final class WebSocketClientEngine implements ClientEngine {
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** Grows with the connections whose callbacks run at the same time, and to nothing when there are none. */
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), WebSocketClientEngine::thread);

    /** What connections run there: with many of them, a burst of messages wakes a thread or two instead of one each. */
    private final Executor handover = new HandoverExecutor(workers);

    private final Set<OpeningHandshake> handshakes = ConcurrentHashMap.newKeySet();
    private final ClientOptions options;
    private volatile @Nullable HttpClient client;

    WebSocketClientEngine(ClientOptions options) {
        this.options = options;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                // On the selector's thread: a hop would let the end of the stream overtake the piece before it, which
                // the
                // JDK then never reports, and its Close after a protocol error come too late.
                .executor(Runnable::run);
        if (options.sslContext() != null) {
            builder.sslContext(options.sslContext());
        }
        this.client = builder.build();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "ferrule-jdk-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Runnable connect(ClientOpening opening) {
        OpeningHandshake handshake = new OpeningHandshake(opening, options.limits(), handover, handshakes::remove);
        handshakes.add(handshake);
        try {
            // Looking up a host may block.
            workers.execute(() -> handshake.begin(client));
        } catch (RejectedExecutionException stopped) {
            handshakes.remove(handshake);
            opening.failed(new IOException("the client is closed"));
        }
        return handshake::abandon;
    }

    @Override
    public void stop() {
        HttpClient open = client;
        client = null;
        handshakes.forEach(OpeningHandshake::abandon);
        if (open != null) {
            shutdownNow(open);
        }
        workers.shutdown();
    }

    /** Ends the selector's thread, which up to JDK 20 the garbage collector alone can do. */
    private static void shutdownNow(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (ReflectiveOperationException e) {
            // Not there before JDK 21.
        }
    }
}
