package dev.ferrule.protocol;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The last bytes of the compressed messages of one direction, which later ones may refer back to: what context takeover
 * keeps between messages (RFC 7692 section 7.2.3.2).
 *
 * <p>It holds no native memory, and grows up to its size as messages fill it. For one user at a time.
 */
public final class SlidingWindow {
    private static final byte[] NONE = new byte[0];

    private final int maxBytes;
    private byte[] bytes = NONE;
    private int size;

    /**
     * An empty window.
     *
     * @param maxBytes how many bytes it keeps at most
     */
    public SlidingWindow(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Forgets all. */
    void clear() {
        size = 0;
    }

    void add(byte[] from, int offset, int length) {
        int kept = makeRoom(length);
        System.arraycopy(from, offset + length - kept, bytes, size - kept, kept);
    }

    /** Adds what remains in a buffer, whose position stays. */
    void add(ByteBuffer from) {
        int kept = makeRoom(from.remaining());
        from.get(from.limit() - kept, bytes, size - kept, kept);
    }

    /** Makes room at the end, and says how many of so many new bytes are worth keeping: the last ones. */
    private int makeRoom(int length) {
        int kept = Math.min(length, maxBytes);
        int old = Math.min(size, maxBytes - kept);
        if (bytes.length < old + kept) {
            byte[] larger = new byte[Math.min(maxBytes, Math.max(2 * bytes.length, old + kept))];
            System.arraycopy(bytes, size - old, larger, 0, old);
            bytes = larger;
        } else if (old < size) {
            System.arraycopy(bytes, size - old, bytes, 0, old);
        }
        size = old + kept;
        return kept;
    }

    /** After a reset: the next message refers to what is in here. */
    void prime(Inflater inflater) {
        if (size > 0) {
            inflater.setDictionary(bytes, 0, size);
        }
    }

    /** The same, of the last bytes alone. */
    void prime(Deflater deflater, int most) {
        int used = Math.min(size, most);
        if (used > 0) {
            deflater.setDictionary(bytes, size - used, used);
        }
    }
}
