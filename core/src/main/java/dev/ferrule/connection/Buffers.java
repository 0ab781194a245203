package dev.ferrule.connection;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Direct buffers, shared by all connections: one is held only while there is something in it, so an idle connection costs
 * none.
 */
final class Buffers {
    /** A message of 64 KiB with the frames around it takes a single read. */
    static final int READ_BYTES = 128 << 10;

    static final Buffers FOR_READING = new Buffers(READ_BYTES);
    /** For gathering small frames: a burst of them takes a single write. */
    static final Buffers FOR_WRITING = new Buffers(64 << 10);

    /** A power of two; as many as wait for the rest of a frame, and are on the way to another thread. */
    private static final int SLOTS = 128;

    private final int bytes;
    private final AtomicReferenceArray<@Nullable Pooled> free = new AtomicReferenceArray<>(SLOTS);

    private Buffers(int bytes) {
        this.bytes = bytes;
    }

    /** A buffer, with what its user would otherwise allocate beside it for each message. */
    static final class Pooled {
        /** In big-endian order. */
        final ByteBuffer bytes;

        private final ByteBuffer readOnly;

        private final boolean shared;
        private byte @Nullable [] scratch;
        /** Of the whole scratch, read-only. */
        private @Nullable ByteBuffer scratchView;
        /** How many look into it, the connection among them; null if that alone does. */
        private @Nullable AtomicInteger users;

        private Pooled(ByteBuffer bytes, boolean shared) {
            this.bytes = bytes;
            this.readOnly = bytes.asReadOnlyBuffer();
            this.shared = shared;
        }

        /** Whether data of it is retained, so that nothing may be read into it. */
        boolean retained() {
            return users != null;
        }

        /** With the role of its connection: keeps it as it is until it is released once more. */
        void retain() {
            if (users == null) {
                users = new AtomicInteger(1);
            }
            users.incrementAndGet();
            // What is kept may be in there.
            scratch = null;
            scratchView = null;
        }

        /**
         * The next bytes as a read-only view, good until the buffer is released. It is an object for each message, as a
         * window of a shared view could be opened, by clear(), onto the bytes of other connections.
         */
        ByteBuffer view(int length) {
            return readOnly.slice(bytes.position(), length);
        }

        /** Takes the next bytes, to the beginning of an array with room for more, which is good until the next call. */
        byte[] array(int length, int more) {
            byte[] array = scratch;
            if (array == null || array.length < length + more) {
                // One that is used again is of use for other messages, too.
                array = new byte[Math.max(shared ? 1024 : 0, length + more)];
                scratch = array;
                scratchView = null;
            }
            bytes.get(array, 0, length);
            return array;
        }

        /**
         * The beginning of what {@link #array} returned, read-only, and good as long as that is. For a small message it costs
         * less than a {@link #view}: an array is unmasked faster than a buffer, and what looks into one is 8 bytes smaller.
         */
        ByteBuffer arrayView(int length) {
            ByteBuffer all = scratchView;
            if (all == null) {
                all = ByteBuffer.wrap(Objects.requireNonNull(scratch)).asReadOnlyBuffer();
                scratchView = all;
            }
            return all.slice(0, length);
        }
    }

    /** An empty buffer. */
    Pooled acquire() {
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (free.get(slot) != null) {
                Pooled buffer = free.getAndSet(slot, null);
                if (buffer != null) {
                    return buffer;
                }
            }
        }
        return new Pooled(ByteBuffer.allocateDirect(bytes), true);
    }

    /** Gives back what {@link #acquire} returned; nobody may look into it any more. */
    void release(Pooled buffer) {
        if (buffer.users != null && buffer.users.decrementAndGet() > 0) {
            return;
        }
        buffer.users = null;
        if (!buffer.shared) {
            return;
        }
        buffer.bytes.clear();
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (free.get(slot) == null && free.compareAndSet(slot, null, buffer)) {
                return;
            }
        }
    }

    /** What remains in a buffer, in one of just that size, for somebody who has to wait with it; the buffer is released. */
    Pooled shrink(Pooled buffer) {
        if (!buffer.shared || buffer.bytes.remaining() > bytes / 4 * 3) {
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
