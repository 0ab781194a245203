package dev.ferrule.abuse;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A well-behaved connection: sends a message and waits for its echo, over and over, while others misbehave. */
final class Healthy implements AutoCloseable {
    private static final int PAUSE_MILLIS = 2;

    private final RawClient client;
    private final Thread thread;
    private final long[] nanos = new long[1 << 16];
    private volatile int count;
    /** When the message was sent whose echo is awaited, or 0. */
    private volatile long waitingSince;

    private volatile boolean stopped;
    private volatile @Nullable String failure;

    Healthy(int port) throws IOException {
        client = RawClient.open(port, "/echo");
        client.text("first");
        RawClient.Frame unused = client.read();
        thread = new Thread(this::echo, "healthy");
        thread.setDaemon(true);
        thread.start();
    }

    private void echo() {
        try {
            for (int i = 0; !stopped && i < nanos.length; i++) {
                String text = "message " + i;
                long since = System.nanoTime();
                waitingSince = since;
                client.text(text);
                RawClient.Frame frame = client.read();
                nanos[i] = System.nanoTime() - since;
                waitingSince = 0;
                count = i + 1;
                if (!frame.payload().equals(text)) {
                    failure = "sent '" + text + "' and got '" + frame.payload() + "'";
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            failure = e.toString();
        }
    }

    /** Ends it, and notes how it went. */
    void conclude(Outcome outcome) throws InterruptedException {
        stopped = true;
        thread.join(RawClient.PATIENCE_MILLIS);
        String wrong = failure;
        outcome.require(wrong == null, "the well-behaved connection failed: " + wrong);
        outcome.require(count > 0, "the well-behaved connection had no echo");
        outcome.figure("well-behaved: " + count + " echoes, p99 " + p99Millis() + " ms");
    }

    long p99Millis() {
        int n = count;
        long since = waitingSince;
        long[] sorted = Arrays.copyOf(nanos, n + 1);
        // What has taken long already counts, though it isn't over.
        sorted[n] = since == 0 ? 0 : System.nanoTime() - since;
        Arrays.sort(sorted);
        return sorted[(int) ((n + 1) * 0.99)] / 1_000_000;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
