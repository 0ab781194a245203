package dev.ferrule.connection;

import dev.ferrule.protocol.ClosePayload;
import dev.ferrule.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits to be sent, and is no longer shared with its sender.
 *
 * @param opcode what it is
 * @param payload its bytes; empty if {@code text} or {@code close} is there
 * @param text the message where the engine wants characters
 * @param close what a Close says
 * @param size what it counts for in the queue, in bytes
 * @param key of those with the same key only the newest need be sent
 * @param sent completes when it has left
 */
record Outgoing(
        Opcode opcode,
        ByteBuffer payload,
        @Nullable String text,
        @Nullable ClosePayload close,
        int size,
        @Nullable Object key,
        @Nullable CompletableFuture<Void> sent) {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    static Outgoing bytes(Opcode opcode, ByteBuffer payload, @Nullable CompletableFuture<Void> sent) {
        return new Outgoing(opcode, payload, null, null, payload.remaining(), null, sent);
    }

    static Outgoing text(String text, int size, @Nullable CompletableFuture<Void> sent) {
        return new Outgoing(Opcode.TEXT, EMPTY, text, null, size, null, sent);
    }

    static Outgoing close(ClosePayload close) {
        return new Outgoing(Opcode.CLOSE, close.toBytes(), null, close, 0, null, null);
    }

    static Outgoing control(Opcode opcode, ByteBuffer payload) {
        return new Outgoing(opcode, copy(payload), null, null, 0, null, null);
    }

    /** A message that waits by itself, as bytes or where the engine wants characters as those. */
    static Outgoing message(
            Opcode opcode,
            ByteBuffer payload,
            @Nullable String text,
            @Nullable Object key,
            @Nullable CompletableFuture<Void> sent) {
        return new Outgoing(opcode, text == null ? payload : EMPTY, text, null, payload.remaining(), key, sent);
    }

    /** Whether it is a message that may be taken back. */
    boolean droppable() {
        return opcode == Opcode.TEXT || opcode == Opcode.BINARY;
    }

    boolean counts() {
        return !opcode.control();
    }

    /** The bytes from the position to the limit, of which the original's position stays. */
    static ByteBuffer copy(ByteBuffer from) {
        return ByteBuffer.allocate(from.remaining()).put(from.duplicate()).flip();
    }
}
