package dev.ferrule;

import dev.ferrule.protocol.CloseCode;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what it is given on one connection, and asks for the next message when one has left. */
final class MessageSubscriber implements Flow.Subscriber<Message> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.connection");

    private final Connection connection;
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    /** How often the subscription has to be called: by one thread at a time (rule 2.7 of Reactive Streams). */
    private final AtomicInteger calls = new AtomicInteger();

    /** The connection, or a message that can't be sent, has ended it: the subscription is to be cancelled. */
    private volatile boolean over;
    /** The publisher has ended it: the subscription is no more to be called (rule 2.4). */
    private volatile boolean ended;
    /** Of who calls. */
    private boolean cancelled;

    MessageSubscriber(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        Objects.requireNonNull(given, "subscription is null (rule 2.13 of Reactive Streams)");
        if (subscription.compareAndSet(null, given)) {
            call(given);
        } else {
            // Rule 2.5.
            given.cancel();
        }
    }

    @Override
    public void onNext(Message message) {
        Objects.requireNonNull(message, "message is null (rule 2.13 of Reactive Streams)");
        try {
            var unused = connection.sendAsync(message).whenComplete((sent, failure) -> left(failure));
        } catch (IllegalArgumentException e) {
            failed(e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        Objects.requireNonNull(failure, "failure is null (rule 2.13 of Reactive Streams)");
        LOG.error("connection {}: publisher failed", connection.id(), failure);
        ended = true;
        connection.close(CloseCode.INTERNAL_ERROR);
    }

    @Override
    public void onComplete() {
        ended = true;
        connection.close();
    }

    /** The connection has ended. */
    void closed() {
        over = true;
        Flow.Subscription current = subscription.get();
        if (current != null) {
            call(current);
        }
    }

    private void left(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        boolean dropped = cause instanceof SendException refused && refused.reason() == SendException.Reason.DROPPED;
        Flow.Subscription current = subscription.get();
        if (cause != null && !dropped) {
            failed(cause);
        } else if (current != null) {
            call(current);
        }
    }

    /** A message is missing from the stream, so nothing can come behind it. */
    private void failed(Throwable cause) {
        if (connection.state() == Connection.State.OPEN) {
            LOG.error("connection {}: a message of the publisher can't be sent", connection.id(), cause);
            connection.close(CloseCode.INTERNAL_ERROR);
        }
        over = true;
        Flow.Subscription current = subscription.get();
        if (current != null) {
            call(current);
        }
    }

    private void call(Flow.Subscription current) {
        if (calls.getAndIncrement() == 0) {
            do {
                callOnce(current);
            } while (calls.decrementAndGet() != 0);
        }
    }

    private void callOnce(Flow.Subscription current) {
        if (ended || cancelled) {
            return;
        }
        cancelled = over;
        if (cancelled) {
            current.cancel();
        } else {
            current.request(1);
        }
    }
}
