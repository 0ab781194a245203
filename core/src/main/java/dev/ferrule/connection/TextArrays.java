package dev.ferrule.connection;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Arrays in which large texts are put together: nobody sees them, as a String has a copy, so they can be used again. At a
 * megabyte, where an array is an object of its own kind to the garbage collector, that is a tenth of what a text costs.
 */
final class TextArrays {
    private static final int SLOTS = 4;
    private static final int MIN_BYTES = 64 << 10;
    private static final int MAX_BYTES = 2 << 20;

    private static final AtomicReferenceArray<byte @Nullable []> FREE = new AtomicReferenceArray<>(SLOTS);

    private TextArrays() {}

    /** An array of at least so many bytes, with anything in it. */
    static byte[] acquire(int bytes) {
        for (int i = 0; bytes >= MIN_BYTES && i < SLOTS; i++) {
            byte[] array = FREE.getAndSet(i, null);
            if (array != null && array.length >= bytes) {
                return array;
            }
        }
        return new byte[bytes];
    }

    /** Gives one back; nobody may look into it any more. */
    static void release(byte[] array) {
        boolean worth = array.length >= MIN_BYTES && array.length <= MAX_BYTES;
        for (int i = 0; worth && i < SLOTS; i++) {
            if (FREE.compareAndSet(i, null, array)) {
                return;
            }
        }
    }
}
