package dev.ferrule;

import dev.ferrule.protocol.MessageDeflater;
import dev.ferrule.protocol.Utf8;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to send: text or binary (RFC 6455 section 5.6). Sent on many connections, it is encoded once.
 *
 * <p>Immutable, except that a binary message lends the buffer that it was made of.
 */
public abstract sealed class Message permits Message.Text, Message.Binary {
    private final @Nullable Object key;
    /** What has become of the payload for connections that compress it in the same way; racing threads store equal ones. */
    private volatile List<Deflated> deflated = List.of();

    private Message(@Nullable Object key) {
        this.key = key;
    }

    /** The payload compressed, or null if it isn't worth it. */
    private record Deflated(
            int level, int windowBits, @Nullable ByteBuffer payload) {}

    /**
     * What the message is about, for {@link SendPolicy#conflate()}.
     *
     * @return the key, or {@code null} if it has none
     */
    public final @Nullable Object key() {
        return key;
    }

    /**
     * The same message with a key: where a connection conflates, it replaces the one of the same key that still waits.
     *
     * @param newKey compared by {@code equals}; for instance the symbol whose price this is
     * @return a message that shares the payload of this one
     */
    public abstract Message key(Object newKey);

    /**
     * A text message.
     *
     * @param text the text
     * @return the message
     */
    public static Text text(String text) {
        return new Text(text, null, null);
    }

    /**
     * A binary message.
     *
     * @param data the bytes from its position to its limit at this moment; not copied, so they must stay as they are
     *     until the message has been sent everywhere
     * @return the message
     */
    public static Binary binary(ByteBuffer data) {
        return new Binary(data.asReadOnlyBuffer(), null);
    }

    /**
     * A binary message that is a copy, of data that is only lent for instance.
     *
     * @param data the bytes from its position to its limit
     * @return the message, which has nothing to do with the buffer any more
     */
    public static Binary copyOf(ByteBuffer data) {
        ByteBuffer copy =
                ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip();
        return new Binary(copy.asReadOnlyBuffer(), null);
    }

    /** A text message. */
    public static final class Text extends Message {
        private final String text;

        /** The payload, once some connection has needed it; racing threads would store equal bytes. */
        private volatile byte @Nullable [] encoded;

        private Text(String text, byte @Nullable [] encoded, @Nullable Object key) {
            super(key);
            this.text = text;
            this.encoded = encoded;
        }

        @Override
        public Text key(Object newKey) {
            return new Text(text, encoded, newKey);
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

        private Binary(ByteBuffer data, @Nullable Object key) {
            super(key);
            this.data = data;
        }

        @Override
        public Binary key(Object newKey) {
            return new Binary(data, newKey);
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

    /**
     * The payload of the message as connections without context takeover send it that compress (RFC 7692). It is compressed
     * at the first call with such parameters; a binary message must stay as it is, as said there.
     *
     * @param deflater compresses it
     * @param windowBits from 8 to 15
     * @return as {@link MessageDeflater#deflate}: a read-only view of its own position and limit, or null if the message should go
     *     as it is
     * @throws IllegalArgumentException if it is a text with an unpaired surrogate
     */
    public final @Nullable ByteBuffer deflated(MessageDeflater deflater, int windowBits) {
        List<Deflated> known = deflated;
        for (Deflated each : known) {
            if (each.level == deflater.level() && each.windowBits == windowBits) {
                return each.payload == null ? null : each.payload.duplicate();
            }
        }
        ByteBuffer compressed = deflater.deflate(payload(), windowBits, null);
        ByteBuffer readOnly = compressed == null ? null : compressed.asReadOnlyBuffer();
        List<Deflated> more = new ArrayList<>(known);
        more.add(new Deflated(deflater.level(), windowBits, readOnly));
        deflated = more;
        return readOnly == null ? null : readOnly.duplicate();
    }
}
