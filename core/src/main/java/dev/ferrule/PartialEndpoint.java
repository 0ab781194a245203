package dev.ferrule;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that gets messages piece by piece as they arrive, so that none is ever held in memory as a whole. Where they are
 * cut is unspecified: by the peer's fragments, by TCP, or not at all. {@link #onText} and {@link #onBinary} are not called.
 *
 * <p>All else is as with whole messages: {@link Limits#messageBytes()} bounds a message in all and is checked as soon as a
 * frame announces too much, text is checked to be UTF-8 as it arrives, and a stage delays the next piece.
 * {@link Connection#demand} counts pieces.
 */
public interface PartialEndpoint extends Endpoint {
    /**
     * A piece of a text message.
     *
     * @param connection where it came from
     * @param piece whole characters; empty only if it is the last
     * @param last whether the message ends with it
     * @return {@code null} to go on at once, or a stage that delays the next piece until it completes
     * @throws Exception whatever went wrong: fails the connection with 1011
     */
    @Nullable
    CompletionStage<?> onPartialText(Connection connection, String piece, boolean last) throws Exception;

    /**
     * A piece of a binary message.
     *
     * @param connection where it came from
     * @param piece read-only, and lent until this callback returns, or the stage that it returns completes; empty only if it is
     *     the last
     * @param last whether the message ends with it
     * @return {@code null} to go on at once, or a stage that delays the next piece until it completes
     * @throws Exception whatever went wrong: fails the connection with 1011
     */
    @Nullable
    CompletionStage<?> onPartialBinary(Connection connection, ByteBuffer piece, boolean last) throws Exception;
}
