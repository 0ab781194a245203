package dev.ferrule.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Masking (RFC 6455 section 5.3): byte {@code i} of a payload is combined with byte {@code i mod 4} of the masking key;
 * doing it twice restores the payload.
 *
 * <p>A key is held as an {@code int} with its first byte on the wire as the highest. Where a payload comes in pieces,
 * {@link #advance} turns the key to the position that the next piece begins at. The work is done a word of eight bytes
 * at a time.
 */
public final class Masking {
    /** In the order of the machine: to turn each word around, twice, would be two thirds of the work. */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long HIGH_BITS = 0x8080808080808080L;
    /** From here on it pays to look at a buffer in the order of the machine. */
    private static final int LONG = 256;

    private Masking() {}

    /**
     * Masks or unmasks bytes in place, by absolute access: the buffer's position and limit stay.
     *
     * @param buffer writable, of any kind and byte order
     * @param from index of the first byte
     * @param length how many bytes
     * @param key the masking key as it applies to the first byte
     * @return true if all the bytes are ASCII now; that costs nothing here, and saves who has unmasked a text a look at it
     */
    public static boolean apply(ByteBuffer buffer, int from, int length, int key) {
        if (buffer.hasArray()) {
            return apply(buffer.array(), buffer.arrayOffset() + from, length, key);
        }
        int i = from;
        int end = from + length;
        long seen = 0;
        if (length >= Long.BYTES) {
            ByteBuffer words = length < LONG ? buffer : buffer.duplicate().order(ByteOrder.nativeOrder());
            long wide = widen(key, words.order());
            for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
                long word = words.getLong(i) ^ wide;
                words.putLong(i, word);
                seen |= word;
            }
        }
        for (int shift = 24; i < end; i++, shift = (shift - 8) & 31) {
            byte b = (byte) (buffer.get(i) ^ (key >>> shift));
            buffer.put(i, b);
            seen |= b;
        }
        return (seen & HIGH_BITS) == 0;
    }

    /**
     * Masks or unmasks bytes of an array in place.
     *
     * @param array the bytes
     * @param from index of the first byte
     * @param length how many bytes
     * @param key the masking key as it applies to the first byte
     * @return true if all the bytes are ASCII now
     */
    public static boolean apply(byte[] array, int from, int length, int key) {
        long wide = widen(key, ByteOrder.nativeOrder());
        int i = from;
        int end = from + length;
        long seen = 0;
        // Four at a time, which halves what 64 KiB cost.
        for (int last = end - 4 * Long.BYTES; i <= last; i += 4 * Long.BYTES) {
            long a = (long) LONGS.get(array, i) ^ wide;
            long b = (long) LONGS.get(array, i + Long.BYTES) ^ wide;
            long c = (long) LONGS.get(array, i + 2 * Long.BYTES) ^ wide;
            long d = (long) LONGS.get(array, i + 3 * Long.BYTES) ^ wide;
            LONGS.set(array, i, a);
            LONGS.set(array, i + Long.BYTES, b);
            LONGS.set(array, i + 2 * Long.BYTES, c);
            LONGS.set(array, i + 3 * Long.BYTES, d);
            seen |= a | b | c | d;
        }
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            long word = (long) LONGS.get(array, i) ^ wide;
            LONGS.set(array, i, word);
            seen |= word;
        }
        for (int shift = 24; i < end; i++, shift = (shift - 8) & 31) {
            array[i] ^= (byte) (key >>> shift);
            seen |= array[i];
        }
        return (seen & HIGH_BITS) == 0;
    }

    /**
     * The key as it applies after some bytes of the payload.
     *
     * @param key the masking key as it applies to the first of those bytes
     * @param bytes how many bytes
     * @return the key, turned by {@code bytes mod 4} bytes
     */
    public static int advance(int key, int bytes) {
        return Integer.rotateLeft(key, (bytes & 3) << 3);
    }

    private static long widen(int key, ByteOrder order) {
        long low = key & 0xFFFF_FFFFL;
        long wide = (low << 32) | low;
        return order == ByteOrder.BIG_ENDIAN ? wide : Long.reverseBytes(wide);
    }
}
