package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException.Reason;
import dev.ferrule.connection.Buffers.Pooled;
import dev.ferrule.protocol.FrameWriter;
import dev.ferrule.protocol.Masking;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.Utf8;
import dev.ferrule.spi.ByteTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The sending side over bytes. Small frames are encoded straight into one buffer while the transport is free, so that
 * whatever is sent during a read leaves in one write and costs no object; large payloads are written from where they are.
 */
final class ByteOutbound extends Outbound {
    /** Copying so much costs less than a buffer of its own in the gathering write. */
    private static final int COPIED = 8 << 10;

    private static final SecureRandom MASKING_KEYS = new SecureRandom();

    private final ByteTransport transport;
    private final boolean masked;

    /** Guarded by the lock: small frames that wait, in front of the queue, with what they count for. */
    private @Nullable Pooled open;

    private int openMessages;
    private int openBytes;

    /** Of the writer, and changed with the lock: what is being written; null if nothing is. */
    private @Nullable Gathering gathering;

    /** A payload that is the caller's again when its send returns. */
    private @Nullable ByteBuffer lentNow;

    ByteOutbound(CoreConnection connection, Limits limits, @Nullable Compression compression, ByteTransport transport) {
        super(connection, limits, compression);
        this.transport = transport;
        this.masked = connection.role() == Role.CLIENT;
    }

    @Override
    @Nullable
    Reason send(String text) {
        byte[] bytes = Utf8.encode(text);
        if (bytes == null) {
            throw new IllegalArgumentException(CoreConnection.UNPAIRED);
        }
        ByteBuffer compressed = deflating == null ? null : deflated(ByteBuffer.wrap(bytes), null);
        return compressed != null
                ? send(Opcode.TEXT, true, compressed, null, false, null)
                : send(Opcode.TEXT, false, bytes.length <= COPIED ? null : ByteBuffer.wrap(bytes), bytes, false, null);
    }

    @Override
    @Nullable
    Reason offer(Opcode opcode, ByteBuffer payload, @Nullable String text, @Nullable Message shared) {
        ByteBuffer compressed = deflated(payload, shared);
        return compressed != null
                ? send(opcode, true, compressed, null, false, null)
                : send(opcode, false, payload, null, true, null);
    }

    @Override
    @Nullable
    Reason sendAsync(
            Opcode opcode, ByteBuffer payload, @Nullable String text, Message shared, CompletableFuture<Void> sent) {
        ByteBuffer compressed = deflated(payload, shared);
        return compressed != null
                ? send(opcode, true, compressed, null, false, sent)
                : send(opcode, false, payload, null, false, sent);
    }

    /** The payload is a buffer, or for small texts an array: one of both. */
    private @Nullable Reason send(
            Opcode opcode,
            boolean compressed,
            @Nullable ByteBuffer buffer,
            byte @Nullable [] array,
            boolean lent,
            @Nullable CompletableFuture<Void> sent) {
        int size = buffer != null ? buffer.remaining() : array != null ? array.length : 0;
        boolean now = sent != null || !connection.inCycle();
        lock.lock();
        try {
            Reason objection = objection(size);
            if (objection != null) {
                return objection;
            }
            count(size);
            boolean small = sent == null && size <= COPIED && queueEmpty() && !deflatedLater(compressed, size);
            if (small && openFits(size)) {
                append(opcode, compressed, buffer, array, size);
                openMessages++;
                openBytes += size;
            } else {
                ByteBuffer payload = buffer != null ? buffer : ByteBuffer.wrap(array);
                now |= enqueue(opcode, compressed, payload, lent, sent) || small;
            }
            if (!now || writing) {
                return null;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        transmit(false);
        return null;
    }

    /** With the lock: queues a payload by itself, and says whether it has to be written before the call returns. */
    private boolean enqueue(
            Opcode opcode,
            boolean compressed,
            ByteBuffer payload,
            boolean lent,
            @Nullable CompletableFuture<Void> sent) {
        boolean direct = lent && !masked && !writing && !super.pending();
        ByteBuffer own = lent && !direct ? Outgoing.copy(payload) : payload.duplicate();
        if (direct) {
            lentNow = own;
        }
        queue().add(compressed ? Outgoing.compressed(opcode, own, null, sent) : Outgoing.bytes(opcode, own, sent));
        return direct;
    }

    /** Whether the writer is going to compress a message. */
    private boolean deflatedLater(boolean compressed, int size) {
        return deflating != null && !compressed && deflating.byWriter(size);
    }

    private boolean openFits(int size) {
        if (open == null) {
            open = Buffers.FOR_WRITING.acquire();
        }
        return open.bytes.remaining() >= FrameWriter.headerBytes(size, masked) + size;
    }

    @SuppressWarnings("NullAway") // openFits has made sure of the buffer
    private void append(
            Opcode opcode, boolean compressed, @Nullable ByteBuffer buffer, byte @Nullable [] array, int size) {
        ByteBuffer to = open.bytes;
        int key = header(to, true, opcode, compressed, size);
        if (array != null) {
            to.put(array);
        } else if (buffer != null) {
            to.put(to.position(), buffer, buffer.position(), size).position(to.position() + size);
        }
        mask(to, size, key);
    }

    /** Masks what was put last; servers mask nothing, and don't look at it again. */
    private void mask(ByteBuffer frame, int size, int key) {
        if (masked) {
            Masking.apply(frame, frame.position() - size, size, key);
        }
    }

    private int header(ByteBuffer to, boolean fin, Opcode opcode, boolean compressed, int size) {
        if (connection.trace != null) {
            connection.trace.sent(opcode, fin, size);
        }
        int key = masked ? MASKING_KEYS.nextInt() : 0;
        if (masked && compressed) {
            FrameWriter.maskedCompressedHeader(to, opcode, size, key);
        } else if (masked) {
            FrameWriter.maskedHeader(to, fin, opcode, size, key);
        } else if (compressed) {
            FrameWriter.compressedHeader(to, opcode, size);
        } else {
            FrameWriter.header(to, fin, opcode, size);
        }
        return key;
    }

    /** Control frames go behind the small frames that wait and in front of the queue. */
    @Override
    boolean control(Opcode opcode, ByteBuffer payload) {
        lock.lock();
        try {
            if (objection(0) != Reason.NOT_OPEN && openFits(payload.remaining())) {
                append(opcode, false, payload, null, payload.remaining());
                return true;
            }
        } finally {
            lock.unlock();
        }
        return super.control(opcode, payload);
    }

    @Override
    boolean pending() {
        return open != null || super.pending();
    }

    /** With the lock: takes what is to be written next, small frames first; false if there is nothing. */
    private boolean collect(Gathering to) {
        if (open != null) {
            to.small(open, openMessages, openBytes);
            open = null;
            openMessages = 0;
            openBytes = 0;
        }
        while (to.room() && roomInFlight(to)) {
            Outgoing next = next();
            if (next == null) {
                break;
            }
            to.count(next);
            if (deflating == null) {
                encode(next, to);
            } else {
                to.later(next);
            }
        }
        return !to.empty();
    }

    /**
     * With the lock: whether more may be taken. No more than one write is offered, nor than half of the queue: what has been
     * taken can't be dropped any more, and a policy that keeps the newest needs room for them.
     */
    private boolean roomInFlight(Gathering taken) {
        return taken.bytes() < Math.min(Gathering.HEAP_STEP, limits.queueBytes() / 2)
                && taken.messages() < Math.max(1, limits.queueMessages() / 2);
    }

    /** Without the lock, as compressing takes a while. */
    private void encodeTaken(Gathering to) {
        for (Outgoing next : to.taken()) {
            boolean later = next.wholeMessage() && deflatedLater(next.compressed(), next.size());
            ByteBuffer deflated = later && deflating != null ? deflating.deflate(next.payload(), null) : null;
            encode(deflated == null ? next : Outgoing.compressed(next.opcode(), deflated, null, null), to);
        }
        to.taken().clear();
    }

    /** A payload that has to be copied for its mask, or costs less copied, goes behind its header in one buffer. */
    private void encode(Outgoing next, Gathering to) {
        ByteBuffer payload = next.payload();
        int size = payload.remaining();
        int headerBytes = FrameWriter.headerBytes(size, masked);
        boolean together = masked || size <= COPIED;
        ByteBuffer frame = ByteBuffer.allocate(together ? headerBytes + size : headerBytes);
        int key = header(frame, next.fin(), next.frameOpcode(), next.compressed(), size);
        if (together) {
            frame.put(headerBytes, payload, payload.position(), size).position(headerBytes + size);
            mask(frame, size, key);
        }
        to.add(frame.flip());
        if (!together) {
            to.add(payload);
        }
    }

    @Override
    void transmit(boolean engine) {
        boolean closeWritten = false;
        boolean roomMade = false;
        try {
            // What is left of the last time, if the transport took no more then.
            Gathering now = gathering;
            while (now == null || written(now)) {
                lock.lock();
                try {
                    if (now == null) {
                        now = Gathering.borrow();
                        gathering = now;
                    } else {
                        roomMade |= countOff(now.messages(), now.bytes());
                        closeWritten |= now.close();
                        Completions.succeed(connection, now.stages());
                        now.forget();
                    }
                    settleBehind();
                    if (!collect(now)) {
                        gathering = null;
                        lentNow = null;
                        writing = false;
                        now.giveBack();
                        break;
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException | RuntimeException e) {
            connection.lost(e);
            return;
        }
        if (closeWritten) {
            connection.closeWritten();
        }
        if (roomMade) {
            connection.roomMade(engine);
        }
    }

    /** Whether the transport has taken all; if not, it says when it takes more. */
    private boolean written(Gathering now) throws IOException {
        encodeTaken(now);
        if (now.write(transport, this)) {
            return true;
        }
        if (lentNow != null) {
            now.keep(lentNow);
            lentNow = null;
        }
        stalled();
        connection.watchWrites();
        transport.awaitWritable();
        return false;
    }

    @Override
    boolean stagesInFlight() {
        return gathering != null && !gathering.stages().isEmpty();
    }

    @Override
    void abandon(@Nullable Throwable cause) {
        lock.lock();
        try {
            if (gathering != null) {
                Completions.fail(connection, gathering.stages(), cause);
                gathering.countNothing();
            }
            if (open != null) {
                // Nobody else has seen it: what the writer holds is another one, which may still be in use.
                Buffers.FOR_WRITING.release(open);
                open = null;
            }
            super.abandon(cause);
        } finally {
            lock.unlock();
        }
    }

    /** The transport takes bytes again. */
    void writable() {
        transmit(true);
    }
}
