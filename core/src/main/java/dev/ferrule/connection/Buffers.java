package dev.ferrule.connection;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers for reading and for gathering small frames, shared by all connections: one is held only while there is
 * something in it, so an idle connection costs none.
 */
final class Buffers {
    /** Large enough that a message of 64 KiB takes two reads at most, and a burst of small ones a single write. */
    static final int BYTES = 64 << 10;

    private static final int SLOTS = 64;
    private static final AtomicReferenceArray<@Nullable Pooled> FREE = new AtomicReferenceArray<>(SLOTS);

    private Buffers() {}

    /** A buffer, with what its user would otherwise allocate beside it for each message. */
    static final class Pooled {
        /** In big-endian order. */
        final ByteBuffer bytes;

        private final ByteBuffer readOnly;

        private final boolean shared;
        private byte @Nullable [] scratch;

        private Pooled(ByteBuffer bytes, boolean shared) {
            this.bytes = bytes;
            this.readOnly = bytes.asReadOnlyBuffer();
            this.shared = shared;
        }

        /**
         * The next bytes as a read-only view, good until the buffer is released. It is an object for each message, as a
         * window of a shared view could be opened, by clear(), onto the bytes of other connections.
         */
        ByteBuffer view(int length) {
            return readOnly.slice(bytes.position(), length);
        }

        /** The next bytes, at the beginning of an array that is good until the next call. */
        byte[] array(int length) {
            byte[] array = scratch;
            if (array == null || array.length < length) {
                array = new byte[Math.max(1024, length)];
                scratch = array;
            }
            bytes.get(bytes.position(), array, 0, length);
            return array;
        }
    }

    /** An empty buffer of {@link #BYTES}. */
    static Pooled acquire() {
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (FREE.get(slot) != null) {
                Pooled buffer = FREE.getAndSet(slot, null);
                if (buffer != null) {
                    return buffer;
                }
            }
        }
        return new Pooled(ByteBuffer.allocateDirect(BYTES), true);
    }

    /** Gives back what {@link #acquire} returned; nobody may look into it any more. */
    static void release(Pooled buffer) {
        if (!buffer.shared) {
            return;
        }
        buffer.bytes.clear();
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (FREE.get(slot) == null && FREE.compareAndSet(slot, null, buffer)) {
                return;
            }
        }
    }

    /** What remains in a buffer, in one of just that size, for somebody who has to wait with it; the buffer is released. */
    static Pooled shrink(Pooled buffer) {
        if (!buffer.shared || buffer.bytes.remaining() > BYTES / 4) {
            return buffer;
        }
        Pooled small = new Pooled(Outgoing.copy(buffer.bytes), false);
        release(buffer);
        return small;
    }

    /** Threads begin at different slots, so that they find their own buffer, still in their cache, at the first look. */
    private static int start() {
        return (int) Thread.currentThread().getId() * 7;
    }
}
