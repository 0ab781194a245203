package dev.ferrule.connection;

import dev.ferrule.Message;
import dev.ferrule.protocol.MessageDeflater;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.SlidingWindow;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Compresses what a connection sends, each message with a deflater that is borrowed for it.
 *
 * <p>Without context takeover a message is compressed by its sender, before it is queued, and once for all connections that
 * compress alike. With it a message depends on those that leave before it, so the writer compresses it when its turn has
 * come: what is dropped from the queue was never compressed.
 */
final class Deflating {
    private static final int LEVELS = 9;
    private static final Spares<?>[] SPARES = new Spares<?>[LEVELS + 1];

    static {
        for (int level = 1; level <= LEVELS; level++) {
            int each = level;
            SPARES[level] = new Spares<>(() -> new MessageDeflater(each), MessageDeflater::close);
        }
    }

    private final int threshold;
    private final int windowBits;
    private final Spares<MessageDeflater> spares;
    /** Of the writer. */
    private final @Nullable SlidingWindow window;

    Deflating(Compression compression, Role role) {
        threshold = compression.options().threshold();
        windowBits = compression.agreed().maxWindowBits(role);
        window = compression.window(role, MessageDeflater.KEPT_BYTES);
        spares = spares(compression.options().level());
    }

    @SuppressWarnings("unchecked") // that is what is in there
    static Spares<MessageDeflater> spares(int level) {
        return (Spares<MessageDeflater>) SPARES[level];
    }

    /** Whether a message of this size is compressed by its sender. */
    boolean bySender(int size) {
        return window == null && size >= threshold;
    }

    /** Whether a message of this size is compressed by the writer. */
    boolean byWriter(int size) {
        return window != null && size >= threshold;
    }

    /**
     * Compresses a message.
     *
     * @param shared has the same payload and knows what has become of it for other connections, or null
     * @return a buffer that nobody changes; null if the message should go as it is
     */
    @Nullable
    ByteBuffer deflate(ByteBuffer payload, @Nullable Message shared) {
        MessageDeflater deflater = spares.borrow();
        try {
            return shared != null && window == null
                    ? shared.deflated(deflater, windowBits)
                    : deflater.deflate(payload, windowBits, window);
        } finally {
            spares.giveBack(deflater);
        }
    }
}
