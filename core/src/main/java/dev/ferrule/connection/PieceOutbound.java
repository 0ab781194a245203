package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException.Reason;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ClosePayload;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.Utf8;
import dev.ferrule.spi.PieceTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The sending side over an engine that speaks WebSocket itself: hands it one thing at a time, since not all can queue. */
final class PieceOutbound extends Outbound {
    private final PieceTransport transport;
    /** Guarded by the lock: what the engine has been given. */
    private @Nullable Outgoing current;

    PieceOutbound(
            CoreConnection connection, Limits limits, @Nullable Compression compression, PieceTransport transport) {
        super(connection, limits, compression);
        this.transport = transport;
    }

    @Override
    @Nullable
    Reason send(String text) {
        int size = size(text);
        ByteBuffer compressed = deflating == null ? null : deflated(payload(text), null);
        return enqueue(
                compressed != null
                        ? Outgoing.compressed(Opcode.TEXT, compressed, null, null)
                        : Outgoing.text(text, size, null));
    }

    @Override
    boolean takesCharacters() {
        return true;
    }

    private static int size(String text) {
        long bytes = Utf8.length(text);
        if (bytes < 0) {
            throw new IllegalArgumentException(CoreConnection.UNPAIRED);
        }
        return Math.toIntExact(bytes);
    }

    private static ByteBuffer payload(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    @Nullable
    Reason offer(Opcode opcode, ByteBuffer payload, @Nullable String text, @Nullable Message shared) {
        ByteBuffer compressed = deflated(payload, shared);
        if (compressed != null) {
            return enqueue(Outgoing.compressed(opcode, compressed, null, null));
        }
        return enqueue(
                text != null
                        ? Outgoing.text(text, payload.remaining(), null)
                        : Outgoing.bytes(opcode, Outgoing.copy(payload), null));
    }

    @Override
    @Nullable
    Reason sendAsync(
            Opcode opcode, ByteBuffer payload, @Nullable String text, Message shared, CompletableFuture<Void> sent) {
        ByteBuffer compressed = deflated(payload, shared);
        if (compressed != null) {
            return enqueue(Outgoing.compressed(opcode, compressed, null, sent));
        }
        return enqueue(
                text != null ? Outgoing.text(text, payload.remaining(), sent) : Outgoing.bytes(opcode, payload, sent));
    }

    private @Nullable Reason enqueue(Outgoing outgoing) {
        lock.lock();
        try {
            Reason objection = objection(outgoing.size());
            if (objection != null) {
                return objection;
            }
            count(outgoing.size());
            queue().add(outgoing);
            if (writing || (outgoing.sent() == null && connection.inCycle())) {
                return null;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        transmit(false);
        return null;
    }

    @Override
    void transmit(boolean engine) {
        try {
            while (true) {
                Outgoing next;
                lock.lock();
                try {
                    next = next();
                    current = next;
                    if (next == null) {
                        writing = false;
                        return;
                    }
                } finally {
                    lock.unlock();
                }
                stalled();
                if (connection.trace != null) {
                    connection.trace.sent(next.frameOpcode(), next.fin(), next.size());
                }
                if (!write(next)) {
                    connection.watchWrites();
                    return;
                }
                taken(engine);
            }
        } catch (RuntimeException e) {
            connection.lost(e);
        }
    }

    private boolean write(Outgoing next) {
        boolean isText = next.opcode() == Opcode.TEXT;
        ByteBuffer compressed = next.compressed() ? next.payload() : deflatedLater(next);
        if (compressed != null) {
            return transport.compressed(isText, compressed);
        }
        return switch (next.opcode()) {
            case TEXT -> transport.text(next.text() == null ? "" : next.text(), next.fin());
            case PING -> transport.ping(next.payload());
            case PONG -> transport.pong(next.payload());
            case CLOSE -> close(next.close() == null ? ClosePayload.NONE : next.close());
            default -> transport.binary(next.payload(), next.fin());
        };
    }

    private @Nullable ByteBuffer deflatedLater(Outgoing next) {
        if (deflating == null || !next.wholeMessage() || !deflating.byWriter(next.size())) {
            return null;
        }
        String text = next.text();
        return deflating.deflate(text == null ? next.payload() : payload(text), null);
    }

    private boolean close(ClosePayload close) {
        CloseCode code = close.code();
        if (transport.canClose(code)) {
            return transport.close(code, close.reason());
        }
        // What stands for a code that the engine can't send: nothing said is closest to 1000, all else is a policy.
        CloseCode instead =
                code.equals(CloseCode.NO_STATUS_RECEIVED) ? CloseCode.NORMAL_CLOSURE : CloseCode.POLICY_VIOLATION;
        return transport.close(instead, close.reason());
    }

    /** The engine has taken what it was given. */
    private void taken(boolean engine) {
        progressed();
        boolean roomMade = false;
        boolean closeWritten = false;
        lock.lock();
        try {
            Outgoing done = current;
            current = null;
            if (done != null) {
                if (done.counts()) {
                    roomMade = countOff(done.fin() ? 1 : 0, done.size());
                }
                if (done.sent() != null) {
                    Completions.succeed(connection, List.of(done.sent()));
                    settleBehind();
                }
                closeWritten = done.opcode() == Opcode.CLOSE;
            }
        } finally {
            lock.unlock();
        }
        if (closeWritten) {
            connection.closeWritten();
        }
        if (roomMade) {
            connection.roomMade(engine);
        }
    }

    @Override
    boolean stagesInFlight() {
        return current != null && current.sent() != null;
    }

    void written() {
        taken(true);
        transmit(true);
    }

    @Override
    void abandon(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (current != null && current.sent() != null) {
                Completions.fail(connection, List.of(current.sent()), cause);
            }
            current = null;
            super.abandon(cause);
        } finally {
            lock.unlock();
        }
    }
}
