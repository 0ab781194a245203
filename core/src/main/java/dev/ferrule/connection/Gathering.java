package dev.ferrule.connection;

import dev.ferrule.connection.Buffers.Pooled;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.spi.ByteTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What has been taken to be written next, and what it counts for. It belongs to whoever has the writer's role, and is borrowed
 * for as long as there is something to write, so that an idle connection has none; what a lock guards is said to be so.
 */
final class Gathering {
    /** A heap buffer is copied by the JDK before each write, as a whole: larger ones are offered in steps. */
    static final int HEAP_STEP = 128 << 10;

    private static final Spares<Gathering> SPARES = new Spares<>(Gathering::new, gathering -> {});

    /** The small frames, and header and payload of as many control frames and messages. */
    private static final int MOST = 1 + 2 * (Outbound.MAX_CONTROLS + 8);

    private final @Nullable ByteBuffer[] buffers = new ByteBuffer[MOST + 1];
    private int count;
    /** The buffer of the small frames, which is among the others. */
    private @Nullable Pooled small;

    /** Taken, and not yet among the buffers, as it may have to be compressed. */
    private final List<Outgoing> taken = new ArrayList<>(1);

    /** Guarded by the lock of the sending side, as are the bytes and the stages. */
    private int messages;

    private long bytes;
    private List<CompletableFuture<Void>> stages = List.of();
    private boolean close;

    private Gathering() {}

    /** An empty one. */
    static Gathering borrow() {
        return SPARES.borrow();
    }

    /** It is empty, and the caller has no use for it any more. */
    void giveBack() {
        SPARES.giveBack(this);
    }

    // ------------------------------------------------------------------ taking, with the lock

    /** Whether there is room for one more. */
    boolean room() {
        return count + 2 * taken.size() < MOST;
    }

    boolean empty() {
        return count == 0 && taken.isEmpty();
    }

    int messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    /** Whether a Close is among what has been taken. */
    boolean close() {
        return close;
    }

    List<CompletableFuture<Void>> stages() {
        return stages;
    }

    /** Small frames, with what they count for. */
    void small(Pooled frames, int ofMessages, int ofBytes) {
        small = frames;
        add(frames.bytes.flip());
        messages += ofMessages;
        bytes += ofBytes;
    }

    /** Counts what has been taken. */
    void count(Outgoing next) {
        if (next.counts()) {
            messages += next.fin() ? 1 : 0;
            bytes += next.size();
        }
        close |= next.opcode() == Opcode.CLOSE;
        if (next.sent() != null) {
            stages = stages.isEmpty() ? new ArrayList<>(4) : stages;
            stages.add(next.sent());
        }
    }

    void later(Outgoing next) {
        taken.add(next);
    }

    /** Counts nothing any more: it has been written, or the connection has ended. */
    void countNothing() {
        messages = 0;
        bytes = 0;
        close = false;
        stages = List.of();
    }

    /** All has been written. */
    void forget() {
        countNothing();
        if (small != null) {
            Buffers.FOR_WRITING.release(small);
            small = null;
        }
    }

    // ------------------------------------------------------------------ writing, without it

    List<Outgoing> taken() {
        return taken;
    }

    void add(ByteBuffer buffer) {
        buffers[count++] = buffer;
    }

    /** Writes what has been gathered; false if the transport takes no more for now. */
    @SuppressWarnings("NullAway") // the first buffers, as many as have been gathered, are there
    boolean write(ByteTransport transport, Outbound outbound) throws IOException {
        while (count > 0) {
            int offered = count;
            int limit = -1;
            for (int i = 0; i < count; i++) {
                if (!buffers[i].isDirect() && buffers[i].remaining() > HEAP_STEP) {
                    offered = i + 1;
                    limit = buffers[i].limit();
                    buffers[i].limit(buffers[i].position() + HEAP_STEP);
                    break;
                }
            }
            if (transport.write(buffers, offered) > 0) {
                outbound.progressed();
            }
            boolean all = !buffers[offered - 1].hasRemaining();
            if (limit >= 0) {
                buffers[offered - 1].limit(limit);
            }
            dropWritten();
            if (!all) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("NullAway")
    private void dropWritten() {
        int done = 0;
        while (done < count && !buffers[done].hasRemaining()) {
            done++;
        }
        if (done > 0) {
            System.arraycopy(buffers, done, buffers, 0, count - done);
            Arrays.fill(buffers, count - done, count, null);
            count -= done;
        }
    }

    /** A payload that was lent for the caller's send, and is not taken yet, is copied before that returns. */
    @SuppressWarnings("ReferenceEquality") // just that buffer, not one that looks alike
    void keep(ByteBuffer lent) {
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = buffers[i];
            if (buffer == lent) {
                buffers[i] = Outgoing.copy(lent);
            }
        }
    }
}
