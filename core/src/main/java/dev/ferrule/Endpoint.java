package dev.ferrule;

import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What an application does with its connections: one object for all of them, or one for each, as it likes.
 *
 * <p>Callbacks of one connection never overlap and come in the order {@link #onOpen}, messages and pongs,
 * {@link #onClose}; those of different connections run at the same time. They may block unless the server or client was
 * built with {@code inline()}; while one runs, its connection reads no further.
 *
 * <p>A callback that throws, even an Error, fails its connection with 1011: it is logged once, and is the cause of the
 * {@link CloseEvent}. Nothing of it is sent to the peer.
 */
public interface Endpoint {
    /**
     * The opening handshake is done. Comes first, and once.
     *
     * @param connection open, though its peer may already be leaving
     * @throws Exception whatever went wrong: fails the connection with 1011
     */
    default void onOpen(Connection connection) throws Exception {}

    /**
     * A whole text message. By default it is not accepted: the connection is closed with 1003.
     *
     * @param connection where it came from
     * @param text the message, valid UTF-8 on the wire
     * @return {@code null} to go on at once, or a stage that delays the next message until it completes: back-pressure
     *     without blocking. A stage that fails counts as a callback that throws
     * @throws Exception whatever went wrong: fails the connection with 1011
     */
    default @Nullable CompletionStage<?> onText(Connection connection, String text) throws Exception {
        connection.close(CloseCode.UNSUPPORTED_DATA, "text messages are not accepted here");
        return null;
    }

    /**
     * A whole binary message. By default it is not accepted: the connection is closed with 1003.
     *
     * @param connection where it came from
     * @param data the message: read-only, from its position to its limit, and lent until this callback returns (or the
     *     stage that it returns completes); what is needed longer must be copied
     *     ({@link Message#copyOf}) or retained ({@link Connection#retain})
     * @return {@code null} to go on at once, or a stage that delays the next message until it completes. A stage that
     *     fails counts as a callback that throws
     * @throws Exception whatever went wrong: fails the connection with 1011
     */
    default @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) throws Exception {
        connection.close(CloseCode.UNSUPPORTED_DATA, "binary messages are not accepted here");
        return null;
    }

    /**
     * A Pong frame, asked for or not. Pings are answered without the application.
     *
     * @param connection where it came from
     * @param payload at most 125 bytes, read-only and lent until this callback returns
     * @throws Exception whatever went wrong: fails the connection with 1011
     */
    default void onPong(Connection connection, ByteBuffer payload) throws Exception {}

    /**
     * The connection has ended. Comes last, once for each {@link #onOpen}, whatever ended it.
     *
     * @param connection closed: nothing can be sent any more
     * @param event how it ended, and why
     * @throws Exception whatever went wrong: logged, and nothing else
     */
    default void onClose(Connection connection, CloseEvent event) throws Exception {}

    /**
     * An endpoint for text messages alone.
     *
     * @param handler called for each of them
     * @return an endpoint that closes with 1003 on binary messages
     */
    static Endpoint onText(TextHandler handler) {
        return new Endpoint() {
            @Override
            public @Nullable CompletionStage<?> onText(Connection connection, String text) throws Exception {
                handler.onText(connection, text);
                return null;
            }
        };
    }

    /**
     * An endpoint for binary messages alone.
     *
     * @param handler called for each of them
     * @return an endpoint that closes with 1003 on text messages
     */
    static Endpoint onBinary(BinaryHandler handler) {
        return new Endpoint() {
            @Override
            public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) throws Exception {
                handler.onBinary(connection, data);
                return null;
            }
        };
    }

    /** {@link Endpoint#onText} as a lambda expression. */
    @FunctionalInterface
    interface TextHandler {
        /**
         * A whole text message.
         *
         * @param connection where it came from
         * @param text the message
         * @throws Exception whatever went wrong: fails the connection with 1011
         */
        void onText(Connection connection, String text) throws Exception;
    }

    /** {@link Endpoint#onBinary} as a lambda expression. */
    @FunctionalInterface
    interface BinaryHandler {
        /**
         * A whole binary message.
         *
         * @param connection where it came from
         * @param data the message, read-only and lent until this callback returns
         * @throws Exception whatever went wrong: fails the connection with 1011
         */
        void onBinary(Connection connection, ByteBuffer data) throws Exception;
    }
}
