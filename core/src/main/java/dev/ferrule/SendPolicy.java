package dev.ferrule;

import java.time.Duration;

/**
 * What becomes of a message that finds the send queue full ({@link Limits#queueMessages()}, {@link Limits#queueBytes()}), as
 * when the peer reads more slowly than the application sends. Chosen by {@link ServerBuilder#sendPolicy},
 * {@link ClientBuilder#sendPolicy}, or for one connection by {@link HandshakeDecision.Accept#sendPolicy}.
 *
 * <p>A message that is dropped completes its stage with a {@link SendException} that says
 * {@link SendException.Reason#DROPPED}, and is counted by {@link Connection#droppedMessages()} and
 * {@link Connection#droppedBytes()}, and reported to {@link Observer#dropped}. What the engine has been given isn't dropped
 * any more, nor are the pieces of a message that is sent piece by piece.
 */
public sealed interface SendPolicy {
    /**
     * The send fails: {@link SendException.Reason#QUEUE_FULL}. The default.
     *
     * @return the policy
     */
    static SendPolicy fail() {
        return new Fail();
    }

    /**
     * The send fails, and so does the connection: a Close with 1008 goes out, and what waits is dropped with the connection.
     *
     * @return the policy
     */
    static SendPolicy close() {
        return new Close();
    }

    /**
     * The oldest messages that wait are dropped, as many as it takes. What the transport is at can't be dropped any more; that
     * is half of the queue at most, or one message. If dropping doesn't make enough room, the new one is dropped instead.
     *
     * @return the policy
     */
    static SendPolicy dropOldest() {
        return new DropOldest();
    }

    /**
     * The new message is dropped: {@code send} returns, {@code trySend} says false.
     *
     * @return the policy
     */
    static SendPolicy dropNewest() {
        return new DropNewest();
    }

    /**
     * Of the messages with the same {@linkplain Message#key key} only the newest waits: it takes its turn at the end of the
     * queue, so that messages still arrive in the order in which they were sent, and the older one is dropped, whether the
     * queue is full or not. Messages without a key are kept. If the queue is full all the same, the send fails.
     *
     * @return the policy
     */
    static SendPolicy conflate() {
        return new Conflate();
    }

    /**
     * {@code send} waits until there is room, and then fails if there is none. On threads that may not block (the engine's
     * own, or a callback with {@code inline()}) it fails at once, and so do {@code trySend} and {@code sendAsync} on all.
     *
     * @param deadline how long to wait, positive and at most an hour
     * @return the policy
     * @throws IllegalArgumentException if it is not
     */
    static SendPolicy block(Duration deadline) {
        return new Block(deadline);
    }

    /** {@link SendPolicy#fail()}. */
    record Fail() implements SendPolicy {}

    /** {@link SendPolicy#close()}. */
    record Close() implements SendPolicy {}

    /** {@link SendPolicy#dropOldest()}. */
    record DropOldest() implements SendPolicy {}

    /** {@link SendPolicy#dropNewest()}. */
    record DropNewest() implements SendPolicy {}

    /** {@link SendPolicy#conflate()}. */
    record Conflate() implements SendPolicy {}

    /**
     * {@link SendPolicy#block}.
     *
     * @param deadline how long to wait
     */
    record Block(Duration deadline) implements SendPolicy {
        /**
         * Checks the deadline.
         *
         * @param deadline how long to wait
         * @throws IllegalArgumentException if it is not positive, or more than an hour
         */
        public Block {
            if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException(
                        "deadline is " + deadline + ", it must be positive and at most an hour");
            }
        }
    }
}
