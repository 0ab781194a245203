package dev.ferrule;

import java.util.concurrent.CompletionStage;

/**
 * Sends one message of unknown length piece by piece, as fragments (RFC 6455 section 5.4):
 * {@link Connection#startText()}, {@link Connection#startBinary()}.
 *
 * <p>The message has its turn in the send queue like any other. From its first piece to {@link #finish()} other messages of
 * the connection wait, within the bounds of the queue; control frames pass. A writer that leaves others waiting for longer
 * than {@link Limits#writeTimeout()} without a further piece fails the connection with 1011. There is no way to take a message
 * back of which a piece has left, but to end the connection.
 *
 * <p>Of one thread at a time, though not always the same.
 *
 * @param <T> what the pieces are: {@link String} or {@link java.nio.ByteBuffer}
 */
public interface MessageWriter<T> {
    /**
     * Sends a piece. Whoever waits for each stage before the next piece holds no more than one in memory.
     *
     * @param piece a buffer belongs to Ferrule until the stage completes; a text may end within a surrogate pair
     * @return completes when the transport has taken the piece, or exceptionally with a {@link SendException} if it was not
     *     accepted, because pieces and messages of more than {@link Limits#queueBytes()} wait already, or the connection has
     *     ended
     * @throws IllegalArgumentException if a text has an unpaired surrogate; nothing of the piece is sent then
     * @throws IllegalStateException if the message is finished
     */
    CompletionStage<Void> write(T piece);

    /**
     * Sends the end of the message.
     *
     * @return completes when the transport has taken all of it, or exceptionally with a {@link SendException}
     * @throws IllegalArgumentException if the text ends within a surrogate pair
     * @throws IllegalStateException if the message is finished
     */
    CompletionStage<Void> finish();
}
