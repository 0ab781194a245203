package dev.ferrule.connection;

import dev.ferrule.MessageWriter;
import dev.ferrule.SendException.Reason;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.Utf8;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent piece by piece. Its place in the queue is held by an {@link Outgoing} that is never written itself:
 * while that is the first, the pieces are, and what is queued behind it waits.
 */
final class Streaming {
    private final CoreConnection connection;
    private final Outbound outbound;
    private final Opcode opcode;

    /** Guarded by the lock of the sending side. */
    private final ArrayDeque<Outgoing> pieces = new ArrayDeque<>(2);

    private boolean begun;
    private boolean over;
    private long usedAt;
    private @Nullable Future<?> timer;

    /** Of the writer. */
    private boolean finished;

    private long size;
    private String half = "";

    private Streaming(CoreConnection connection, Opcode opcode) {
        this.connection = connection;
        this.outbound = connection.outbound();
        this.opcode = opcode;
    }

    static MessageWriter<String> text(CoreConnection connection) {
        Streaming message = new Streaming(connection, Opcode.TEXT).begin();
        return new MessageWriter<>() {
            @Override
            public CompletionStage<Void> write(String piece) {
                return message.text(piece, false);
            }

            @Override
            public CompletionStage<Void> finish() {
                return message.text("", true);
            }
        };
    }

    static MessageWriter<ByteBuffer> binary(CoreConnection connection) {
        Streaming message = new Streaming(connection, Opcode.BINARY).begin();
        return new MessageWriter<>() {
            @Override
            public CompletionStage<Void> write(ByteBuffer piece) {
                return message.add(piece.duplicate(), null, false);
            }

            @Override
            public CompletionStage<Void> finish() {
                return message.add(ByteBuffer.allocate(0), null, true);
            }
        };
    }

    /** Takes its place in the queue. */
    private Streaming begin() {
        outbound.lock.lock();
        try {
            Reason objection = outbound.objection(0);
            if (objection != null) {
                throw outbound.refusal(objection, 0);
            }
            outbound.count(0);
            outbound.queue().add(Outgoing.place(this, opcode));
            usedAt = connection.timers().nanoTime();
        } finally {
            outbound.lock.unlock();
        }
        watch();
        return this;
    }

    private CompletionStage<Void> text(String piece, boolean last) {
        String whole = half + piece;
        int end = whole.length();
        if (!last && end > 0 && Character.isHighSurrogate(whole.charAt(end - 1))) {
            end--;
        }
        String text = whole.substring(0, end);
        byte[] bytes = Utf8.encode(text);
        if (bytes == null) {
            throw new IllegalArgumentException(CoreConnection.UNPAIRED);
        }
        CompletionStage<Void> sent = add(ByteBuffer.wrap(bytes), outbound.takesCharacters() ? text : null, last);
        half = whole.substring(end);
        return sent;
    }

    private CompletionStage<Void> add(ByteBuffer payload, @Nullable String text, boolean last) {
        if (finished) {
            throw new IllegalStateException("the message is finished");
        }
        int bytes = payload.remaining();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Reason refused = accept(payload, text, last, sent);
        if (refused != null) {
            sent.completeExceptionally(outbound.refusal(refused, bytes));
            return sent.minimalCompletionStage();
        }
        size += bytes;
        finished = last;
        outbound.flush();
        if (last) {
            connection.sent(opcode == Opcode.TEXT, size);
        }
        return sent.minimalCompletionStage();
    }

    private @Nullable Reason accept(
            ByteBuffer payload, @Nullable String text, boolean last, CompletableFuture<Void> sent) {
        outbound.lock.lock();
        try {
            if (over) {
                return Reason.NOT_OPEN;
            }
            // The end of a message always fits, so that one that was begun can be finished.
            if (!outbound.fitsBytes(payload.remaining()) && payload.hasRemaining()) {
                return Reason.QUEUE_FULL;
            }
            outbound.countBytes(payload.remaining());
            pieces.add(Outgoing.piece(this, opcode, payload, text, !begun, last, sent));
            begun = true;
            usedAt = connection.timers().nanoTime();
            return null;
        } finally {
            outbound.lock.unlock();
        }
    }

    /** With the lock: what is to be written next of the message, which is the first of the queue; null if nothing is there. */
    @Nullable
    Outgoing next() {
        Outgoing piece = pieces.poll();
        if (piece != null) {
            usedAt = connection.timers().nanoTime();
            if (piece.fin()) {
                outbound.queue().remove();
                end();
            }
        }
        return piece;
    }

    /** With the lock: the connection ends before the message does. */
    void discard(Collection<CompletableFuture<Void>> failed) {
        for (Outgoing piece : pieces) {
            outbound.countBytes(-piece.size());
            if (piece.sent() != null) {
                failed.add(piece.sent());
            }
        }
        pieces.clear();
        end();
    }

    private void end() {
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Sees to it that others don't wait for ever. */
    private void watch() {
        outbound.lock.lock();
        try {
            if (!over) {
                timer = connection
                        .timers()
                        .schedule(
                                this::check, connection.limits().writeTimeout().toNanos());
            }
        } finally {
            outbound.lock.unlock();
        }
    }

    private void check() {
        boolean late;
        outbound.lock.lock();
        try {
            Outgoing first = outbound.queue().peek();
            boolean turn = first != null && first.message() == this;
            boolean othersWait = turn && outbound.queue().size() > 1;
            late = othersWait
                    && pieces.isEmpty()
                    && connection.timers().nanoTime() - usedAt
                            >= connection.limits().writeTimeout().toNanos();
        } finally {
            outbound.lock.unlock();
        }
        if (late) {
            connection.fail(
                    CloseCode.INTERNAL_ERROR,
                    "",
                    new TimeoutException("write timeout: no further piece of a message for "
                            + connection.limits().writeTimeout() + ", while others wait behind it"));
        } else {
            watch();
        }
    }
}
