package dev.ferrule.bench.client;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What all connections of a client do: each text that comes back is verified, counted and sent again. */
final class Loop {
    private static final int WRONG_ECHO = 3;

    private final String text;
    private final int inFlight;
    private final LongAdder messages = new LongAdder();

    Loop(String text, int inFlight) {
        this.text = text;
        this.inFlight = inFlight;
    }

    /** Sends the first messages. */
    void begin(Consumer<String> sender) {
        for (int i = 0; i < inFlight; i++) {
            sender.accept(text);
        }
    }

    /** What to send next, now that this has come back. */
    String next(String received) {
        if (!received.equals(text)) {
            failed(new IllegalStateException("an echo differs from what was sent"));
        }
        messages.increment();
        return text;
    }

    long messages() {
        return messages.sum();
    }

    /** Nobody is to take the figures of such a run for good: the process ends. */
    static void failed(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(WRONG_ECHO);
    }
}
