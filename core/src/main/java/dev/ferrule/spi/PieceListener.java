package dev.ferrule.spi;

import dev.ferrule.protocol.CloseCode;
import java.nio.ByteBuffer;

/**
 * What core wants to hear of a {@link PieceTransport}. Its methods don't throw. After {@link #opened()}, each of
 * {@link #textReceived}, {@link #dataReceived}, {@link #pingReceived}, {@link #pongReceived}, {@link #closeReceived} and {@link #endReceived} comes only as often as
 * {@link PieceTransport#request()} was called, and never at the same time as another; the others come at any time.
 */
public interface PieceListener {
    /** The transport is wired up: the first event, once. Runs {@code onOpen} and requests the first event. */
    void opened();

    /**
     * A piece of a text message that the engine has decoded and found to be valid.
     *
     * @param piece lent until the next {@link PieceTransport#request()}
     * @param last whether the message ends with it
     */
    void textReceived(CharSequence piece, boolean last);

    /**
     * A piece of a message as bytes.
     *
     * @param text whether the message is a text, which core then validates and decodes
     * @param piece lent until the next {@link PieceTransport#request()}
     * @param last whether the message ends with it
     * @param frame whether a frame begins with it, as far as the engine tells
     */
    default void dataReceived(boolean text, ByteBuffer piece, boolean last, boolean frame) {
        dataReceived(text, false, piece, last, frame);
    }

    /**
     * A piece of a message as bytes, from an engine that may have agreed on an extension.
     *
     * @param text whether the message is a text, which core then validates and decodes
     * @param rsv1 whether the frame has RSV1 set
     * @param piece lent until the next {@link PieceTransport#request()}
     * @param last whether the message ends with it
     * @param frame whether a frame begins with it, as far as the engine tells
     */
    void dataReceived(boolean text, boolean rsv1, ByteBuffer piece, boolean last, boolean frame);

    /**
     * A Ping.
     *
     * @param payload lent until the next {@link PieceTransport#request()}
     */
    void pingReceived(ByteBuffer payload);

    /**
     * A Pong.
     *
     * @param payload lent until the next {@link PieceTransport#request()}
     */
    void pongReceived(ByteBuffer payload);

    /**
     * The peer's Close.
     *
     * @param code its code, 1005 if it has none
     * @param reason its reason, empty if it has none
     */
    void closeReceived(CloseCode code, String reason);

    /** The end of the stream. */
    void endReceived();

    /** What was being written when a write method returned false has been taken. */
    void written();

    /**
     * The engine found that the peer broke the protocol; it has failed the connection by itself.
     *
     * @param code the close code of the failure
     * @param cause what the engine says
     */
    void violated(CloseCode code, Throwable cause);

    /**
     * The connection is lost.
     *
     * @param cause what the engine says
     */
    void lost(Throwable cause);
}
