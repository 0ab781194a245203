package dev.ferrule.connection;

import dev.ferrule.Retained;
import dev.ferrule.connection.Buffers.Pooled;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Data that an application keeps: in the buffer where it arrived, if its connection can spare that, or as a copy. */
final class Keeping implements Retained {
    private static final int MAX_LENT = 8;

    private final ByteBuffer data;
    private final @Nullable Pooled buffer;
    private final AtomicInteger lent;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Keeping(ByteBuffer data, @Nullable Pooled buffer, AtomicInteger lent) {
        this.data = data;
        this.buffer = buffer;
        this.lent = lent;
    }

    /**
     * With the role, while the data is lent.
     *
     * @param buffer where the data is, or null if nobody will ever overwrite it
     * @param lent how many buffers of the connection are kept
     */
    static Retained of(ByteBuffer data, @Nullable Pooled buffer, AtomicInteger lent) {
        if (buffer == null) {
            return new Keeping(data.asReadOnlyBuffer(), null, lent);
        }
        if (lent.incrementAndGet() > MAX_LENT) {
            lent.decrementAndGet();
            return new Keeping(Outgoing.copy(data).asReadOnlyBuffer(), null, lent);
        }
        buffer.retain();
        return new Keeping(data.asReadOnlyBuffer(), buffer, lent);
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public void close() {
        if (buffer != null && closed.compareAndSet(false, true)) {
            lent.decrementAndGet();
            Buffers.FOR_READING.release(buffer);
        }
    }
}
