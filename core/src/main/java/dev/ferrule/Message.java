package dev.ferrule;

import dev.ferrule.protocol.Utf8;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A message to send: text or binary (RFC 6455 section 5.6). Sent on many connections, it is encoded once.
 *
 * <p>Immutable, except that a binary message lends the buffer that it was made of.
 */
public abstract sealed class Message permits Message.Text, Message.Binary {
    private Message() {}

    /**
     * A text message.
     *
     * @param text the text
     * @return the message
     */
    public static Text text(String text) {
        return new Text(text);
    }

    /**
     * A binary message.
     *
     * @param data the bytes from its position to its limit at this moment; not copied, so they must stay as they are
     *     until the message has been sent everywhere
     * @return the message
     */
    public static Binary binary(ByteBuffer data) {
        return new Binary(data.asReadOnlyBuffer());
    }

    /** A text message. */
    public static final class Text extends Message {
        private final String text;

        /** The payload, once some connection has needed it; racing threads would store equal bytes. */
        private volatile byte @Nullable [] encoded;

        private Text(String text) {
            this.text = text;
        }

        /**
         * The text.
         *
         * @return as it was given
         */
        public String text() {
            return text;
        }

        /**
         * The payload of the message.
         *
         * @return its UTF-8 as a read-only buffer, encoded at the first call
         * @throws IllegalArgumentException if the text has an unpaired surrogate
         */
        @Override
        public ByteBuffer payload() {
            byte[] bytes = encoded;
            if (bytes == null) {
                bytes = Utf8.encode(text);
                if (bytes == null) {
                    throw new IllegalArgumentException(
                            "text has an unpaired surrogate, which UTF-8 can't express (RFC 6455 section 5.6)");
                }
                encoded = bytes;
            }
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }
    }

    /** A binary message. */
    public static final class Binary extends Message {
        private final ByteBuffer data;

        private Binary(ByteBuffer data) {
            this.data = data;
        }

        /**
         * The payload of the message.
         *
         * @return a read-only view of its own position and limit
         */
        @Override
        public ByteBuffer payload() {
            return data.duplicate();
        }
    }

    /**
     * The payload of the message.
     *
     * @return a read-only view of its own position and limit
     * @throws IllegalArgumentException if it is a text with an unpaired surrogate
     */
    public abstract ByteBuffer payload();
}
