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
 * @param compressed whether the payload is that of a compressed message
 * @param text the message where the engine wants characters
 * @param close what a Close says
 * @param size what it counts for in the queue, in bytes
 * @param key of those with the same key only the newest need be sent
 * @param sent completes when it has left
 * @param part which part of which message it is, if that is sent piece by piece
 */
record Outgoing(
        Opcode opcode,
        ByteBuffer payload,
        boolean compressed,
        @Nullable String text,
        @Nullable ClosePayload close,
        int size,
        @Nullable Object key,
        @Nullable CompletableFuture<Void> sent,
        @Nullable Part part) {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    static Outgoing bytes(Opcode opcode, ByteBuffer payload, @Nullable CompletableFuture<Void> sent) {
        return new Outgoing(opcode, payload, false, null, null, payload.remaining(), null, sent, null);
    }

    static Outgoing text(String text, int size, @Nullable CompletableFuture<Void> sent) {
        return new Outgoing(Opcode.TEXT, EMPTY, false, text, null, size, null, sent, null);
    }

    /** A message that its sender has compressed. */
    static Outgoing compressed(
            Opcode opcode, ByteBuffer payload, @Nullable Object key, @Nullable CompletableFuture<Void> sent) {
        return new Outgoing(opcode, payload, true, null, null, payload.remaining(), key, sent, null);
    }

    static Outgoing close(ClosePayload close) {
        return new Outgoing(Opcode.CLOSE, close.toBytes(), false, null, close, 0, null, null, null);
    }

    static Outgoing control(Opcode opcode, ByteBuffer payload) {
        return new Outgoing(opcode, copy(payload), false, null, null, 0, null, null, null);
    }

    /** A message that waits by itself, as bytes or where the engine wants characters as those. */
    static Outgoing message(
            Opcode opcode,
            ByteBuffer payload,
            @Nullable String text,
            @Nullable Object key,
            @Nullable CompletableFuture<Void> sent) {
        return new Outgoing(
                opcode, text == null ? payload : EMPTY, false, text, null, payload.remaining(), key, sent, null);
    }

    /** The place in the queue of a message that is sent piece by piece. */
    static Outgoing place(Streaming message, Opcode opcode) {
        return new Outgoing(opcode, EMPTY, false, null, null, 0, null, null, new Part(message, true, true));
    }

    static Outgoing piece(
            Streaming message,
            Opcode opcode,
            ByteBuffer payload,
            @Nullable String text,
            boolean first,
            boolean last,
            CompletableFuture<Void> sent) {
        ByteBuffer bytes = text == null ? payload : EMPTY;
        return new Outgoing(
                opcode, bytes, false, text, null, payload.remaining(), null, sent, new Part(message, first, last));
    }

    /** A part of a message. */
    record Part(Streaming message, boolean first, boolean last) {}

    /** The message that it is a part of, or whose place it holds; null if it is a whole message, or none. */
    @Nullable
    Streaming message() {
        return part == null ? null : part.message();
    }

    /** Whether it is a message in one frame. */
    boolean wholeMessage() {
        return part == null && counts();
    }

    /** Whether a message ends with it. */
    boolean fin() {
        return part == null || part.last();
    }

    /** What the frame says that it is. */
    Opcode frameOpcode() {
        return part == null || part.first() ? opcode : Opcode.CONTINUATION;
    }

    /** Whether it is a message that may be taken back. */
    boolean droppable() {
        return part == null && !opcode.control();
    }

    boolean counts() {
        return !opcode.control();
    }

    /** The bytes from the position to the limit, of which the original's position stays. */
    static ByteBuffer copy(ByteBuffer from) {
        return ByteBuffer.allocate(from.remaining()).put(from.duplicate()).flip();
    }
}
