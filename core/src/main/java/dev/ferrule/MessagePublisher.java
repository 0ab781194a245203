package dev.ferrule;

import dev.ferrule.protocol.CloseCode;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the messages of one connection to one subscriber. Messages, the end and requests come on different threads;
 * whoever finds nobody at it signals what there is (rule 1.3 of Reactive Streams), and holds at most one message.
 */
final class MessagePublisher implements Flow.Publisher<Message>, Flow.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.connection");

    /** In place of a subscriber that has had its last signal. */
    private static final Flow.Subscriber<Message> NOBODY = new Flow.Subscriber<>() {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(Message item) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    };

    private final Connection connection;
    private final AtomicReference<Flow.@Nullable Subscriber<? super Message>> claimed = new AtomicReference<>();
    private final AtomicInteger work = new AtomicInteger();

    private volatile @Nullable Message message;
    private volatile CompletableFuture<Void> taken = new CompletableFuture<>();
    private volatile @Nullable CloseEvent closed;
    private volatile @Nullable Throwable fault;
    private volatile boolean cancelled;

    /** Of who signals. */
    private Flow.@Nullable Subscriber<? super Message> subscriber;

    private boolean over;

    MessagePublisher(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message> wanted) {
        if (wanted == null) {
            throw new NullPointerException("subscriber is null (rule 1.9 of Reactive Streams)");
        }
        if (claimed.compareAndSet(null, wanted)) {
            signal();
        } else {
            wanted.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
            wanted.onError(new IllegalStateException("the messages of a connection have one subscriber"));
        }
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            connection.demand(n);
        } else {
            fault = new IllegalArgumentException(
                    "request is for " + n + " messages, it must be positive (rule 3.9 of Reactive Streams)");
            signal();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        signal();
    }

    /** A message has come; the stage, if there is one, completes when the subscriber has had it. */
    @Nullable
    CompletionStage<?> received(Message next) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        taken = done;
        message = next;
        signal();
        return done.isDone() ? null : done;
    }

    void closed(CloseEvent event) {
        closed = event;
        signal();
    }

    private void signal() {
        if (work.getAndIncrement() == 0) {
            int seen = 1;
            do {
                signalOnce();
                seen = work.addAndGet(-seen);
            } while (seen != 0);
        }
    }

    private void signalOnce() {
        try {
            begin();
            pass();
            finish();
        } catch (Throwable t) {
            // Its methods must not throw (rule 2.13): as with a callback that throws, nothing more is delivered.
            LOG.error("connection {}: subscriber threw", connection.id(), t);
            leave(CloseCode.INTERNAL_ERROR);
        }
    }

    private void begin() {
        Flow.Subscriber<? super Message> wanted = claimed.get();
        if (subscriber == null && !over && wanted != null) {
            subscriber = wanted;
            wanted.onSubscribe(this);
        }
    }

    private void pass() {
        Message next = message;
        if (next == null) {
            return;
        }
        message = null;
        CompletableFuture<Void> done = taken;
        Flow.Subscriber<? super Message> to = subscriber;
        try {
            if (to != null && !cancelled && fault == null) {
                to.onNext(next);
            }
        } finally {
            done.complete(null);
        }
    }

    private void finish() {
        Flow.Subscriber<? super Message> to = subscriber;
        Throwable wrong = fault;
        CloseEvent event = closed;
        if (to == null) {
            return;
        }
        if (cancelled) {
            leave(CloseCode.NORMAL_CLOSURE);
        } else if (wrong != null) {
            leave(CloseCode.INTERNAL_ERROR);
            to.onError(wrong);
        } else if (event != null) {
            forget();
            if (event.clean()) {
                to.onComplete();
            } else {
                to.onError(new IOException("connection ended: " + event, event.cause()));
            }
        }
    }

    /** Nobody reads any more; behind what still comes there is the peer's Close. */
    private void leave(CloseCode code) {
        forget();
        connection.close(code);
        connection.demand(Long.MAX_VALUE);
    }

    /** After the last signal the subscriber is not kept (rule 3.13). */
    private void forget() {
        over = true;
        cancelled = true;
        subscriber = null;
        claimed.set(NOBODY);
    }
}
