package dev.ferrule.connection;

import dev.ferrule.HandshakeRequest;
import dev.ferrule.Message;
import dev.ferrule.MessageWriter;
import dev.ferrule.Retained;
import dev.ferrule.SendException.Reason;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.Utf8;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an application may do with a connection. */
abstract class ApiConnection extends CoreConnection {
    /** Null where messages that wait are never dropped. */
    private final @Nullable DroppingQueue dropping;

    private volatile @Nullable ConcurrentMap<String, Object> attributes;
    /** Of the holder of the role. */
    private @Nullable AtomicInteger buffersKept;

    ApiConnection(Opened opened, Executor workers, boolean eventsMayBlock) {
        super(opened, workers, eventsMayBlock);
        this.dropping = DroppingQueue.of(opened.sendPolicy(), this);
    }

    @Override
    public final void send(String text) {
        if (dropping != null) {
            send(Message.text(text));
            return;
        }
        Reason refused = outbound().send(text);
        if (refused != null || watched) {
            settle(refused, true, (int) Utf8.length(text), () -> outbound().send(text));
        }
    }

    @Override
    public final void send(ByteBuffer data) {
        if (dropping != null) {
            send(Message.binary(data));
            return;
        }
        Reason refused = outbound().offer(Opcode.BINARY, data, null, null);
        if (refused != null || watched) {
            settle(refused, false, data.remaining(), () -> outbound().offer(Opcode.BINARY, data, null, null));
        }
    }

    @Override
    public final void send(Message message) {
        Reason refused = offer(message);
        if (refused != null || watched) {
            settle(refused, text(message), size(message), () -> offer(message));
        }
    }

    private static boolean text(Message message) {
        return message instanceof Message.Text;
    }

    private static int size(Message message) {
        return message.payload().remaining();
    }

    /** The end of a send that throws if it was refused. */
    private void settle(@Nullable Reason refused, boolean text, int size, Supplier<@Nullable Reason> again) {
        Reason reason = settle(refused, text, size, true, again);
        if (reason != null && reason != Reason.DROPPED) {
            throw outbound().refusal(reason, size);
        }
    }

    private @Nullable Reason settle(
            @Nullable Reason refused, boolean text, int size, boolean mayWait, Supplier<@Nullable Reason> again) {
        Reason reason =
                refused == null || dropping != null ? refused : overflow().refused(refused, size, mayWait, again);
        if (reason == null) {
            sent(text, size);
        }
        return reason;
    }

    @Override
    public final boolean trySend(Message message) {
        Reason refused = offer(message);
        return (refused == null && !watched)
                || settle(refused, text(message), size(message), false, () -> offer(message)) == null;
    }

    private @Nullable Reason offer(Message message) {
        if (dropping != null) {
            return dropping.send(message, null);
        }
        return message instanceof Message.Text text
                ? outbound().offer(Opcode.TEXT, text.payload(), text.text(), text)
                : outbound().offer(Opcode.BINARY, message.payload(), null, message);
    }

    @Override
    public final CompletionStage<Void> sendAsync(Message message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Reason refused = offerAsync(message, sent);
        if (refused != null || watched) {
            Reason reason = settle(refused, text(message), size(message), false, () -> offerAsync(message, sent));
            if (reason != null) {
                sent.completeExceptionally(outbound().refusal(reason, size(message)));
            }
        }
        return sent.minimalCompletionStage();
    }

    private @Nullable Reason offerAsync(Message message, CompletableFuture<Void> sent) {
        if (dropping != null) {
            return dropping.send(message, sent);
        }
        return message instanceof Message.Text text
                ? outbound().sendAsync(Opcode.TEXT, text.payload(), text.text(), text, sent)
                : outbound().sendAsync(Opcode.BINARY, message.payload(), null, message, sent);
    }

    @Override
    public final void flush() {
        outbound().flush();
    }

    @Override
    public final MessageWriter<String> startText() {
        return Streaming.text(this);
    }

    @Override
    public final MessageWriter<ByteBuffer> startBinary() {
        return Streaming.binary(this);
    }

    @Override
    public final Retained retain(ByteBuffer data) {
        if (!inCycle() || lendable == null) {
            throw new IllegalStateException("nothing is lent here: data is retained in the callback that gets it");
        }
        if (buffersKept == null) {
            buffersKept = new AtomicInteger();
        }
        ByteBuffer kept = lendsBriefly() ? Outgoing.copy(data) : data;
        return Keeping.of(kept, lendsBriefly() ? null : lender(), buffersKept);
    }

    @Override
    public final CompletionStage<Duration> ping(ByteBuffer payload) {
        if (payload.remaining() > 125) {
            throw new IllegalArgumentException("payload of a Ping is " + payload.remaining()
                    + " bytes, at most 125 fit in a control frame (RFC 6455 section 5.5)");
        }
        Pings awaited = pings();
        CompletableFuture<Duration> pong = awaited.expect(payload);
        if (!sendPing(payload)) {
            awaited.withdraw(pong, state() == State.OPEN);
        }
        return pong.minimalCompletionStage();
    }

    @Override
    public final long queuedBytes() {
        return outbound().queuedBytes();
    }

    @Override
    public final int queuedMessages() {
        return outbound().queuedMessages();
    }

    @Override
    public final long droppedMessages() {
        return overflow().droppedMessages();
    }

    @Override
    public final long droppedBytes() {
        return overflow().droppedBytes();
    }

    @Override
    public final Role role() {
        return opened.role();
    }

    @Override
    public final @Nullable String subprotocol() {
        return opened.subprotocol();
    }

    @Override
    public final List<Extension> extensions() {
        Compression compression = opened.compression();
        return compression == null ? List.of() : List.of(compression.agreed().response());
    }

    @Override
    public final HandshakeRequest request() {
        return opened.handshakeRequest();
    }

    @Override
    public final ConcurrentMap<String, Object> attributes() {
        ConcurrentMap<String, Object> map = attributes;
        if (map == null) {
            Outbound outbound = outbound();
            outbound.lock.lock();
            try {
                map = attributes == null ? new ConcurrentHashMap<>() : attributes;
                attributes = map;
            } finally {
                outbound.lock.unlock();
            }
        }
        return map;
    }

    @Override
    public final String toString() {
        return "connection " + id() + " (" + role() + ", " + state() + ")";
    }
}
