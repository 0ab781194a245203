package dev.ferrule.connection;

import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import dev.ferrule.protocol.ClosePayload;
import dev.ferrule.protocol.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a connection: a bounded queue that any thread fills, and the writer's role, which one thread (or the
 * transport, while it goes on by itself) has at a time. The lock is held for moments only, never while something is
 * written.
 */
abstract class Outbound {
    /** How many control frames may wait while the transport takes nothing. */
    static final int MAX_CONTROLS = 16;

    /** Guards the queue, and the closing state of the connection. */
    final ReentrantLock lock = new ReentrantLock();

    final CoreConnection connection;
    final Limits limits;
    /** Null where nothing is compressed. */
    final @Nullable Deflating deflating;

    /** Guarded by the lock: messages that wait, and at most one Close behind them. Small ones mostly don't come here. */
    private @Nullable ArrayDeque<Outgoing> queue;
    /** Guarded by the lock: control frames that wait; they go before messages. */
    private @Nullable ArrayDeque<Outgoing> controls;
    /** Guarded by the lock: what has been accepted and not yet taken by the transport. */
    private long bytes;

    private int messages;
    /** Guarded by the lock: somebody has the writer's role. */
    boolean writing;
    /** Guarded by the lock: a Close is queued or the connection has ended; nothing more is accepted. */
    private boolean shut;

    private boolean closeTaken;
    /** Guarded by the lock: senders that wait for room, and what wakes them. */
    private int sendersWaiting;

    private @Nullable Condition roomMade;
    /** Guarded by the lock: what was dropped behind what is in flight, and fails when that is settled. */
    private @Nullable List<CompletableFuture<Void>> failedBehind;

    private @Nullable Throwable failedCause;
    /** Guarded by the lock: the reader waits until there is room for an answer. */
    private boolean roomWanted;
    /** Since when the transport has taken nothing of what it was given, or 0. */
    private volatile long stalledSince;

    Outbound(CoreConnection connection, Limits limits, @Nullable Compression compression) {
        this.connection = connection;
        this.limits = limits;
        this.deflating = compression == null ? null : compression.deflating(connection.role());
    }

    /**
     * Sends a text.
     *
     * @return why it was not accepted, or null
     * @throws IllegalArgumentException if it has an unpaired surrogate
     */
    abstract @Nullable Reason send(String text);

    /**
     * Sends a message whose payload is encoded already and lent for the call.
     *
     * @param shared the message, if it may go to other connections, too
     * @return why it was not accepted, or null
     */
    abstract @Nullable Reason offer(Opcode opcode, ByteBuffer payload, @Nullable String text, @Nullable Message shared);

    /**
     * Sends a message whose payload stays as it is until the future completes.
     *
     * @param shared the message, which may go to other connections, too
     * @return why it was not accepted, or null
     */
    abstract @Nullable Reason sendAsync(
            Opcode opcode, ByteBuffer payload, @Nullable String text, Message shared, CompletableFuture<Void> sent);

    /** Whether the engine wants texts as characters. */
    boolean takesCharacters() {
        return false;
    }

    /**
     * Has the writer's role: writes until nothing is left or the transport takes nothing more.
     *
     * @param engine whether the caller is the engine, on whose stack callbacks may run
     */
    abstract void transmit(boolean engine);

    /** With the lock. */
    final ArrayDeque<Outgoing> queue() {
        if (queue == null) {
            queue = new ArrayDeque<>(1);
        }
        return queue;
    }

    /** With the lock. */
    final boolean queueEmpty() {
        return queue == null || queue.isEmpty();
    }

    /** With the lock: whether something waits to be written. */
    boolean pending() {
        return !queueEmpty() || (controls != null && !controls.isEmpty());
    }

    /** A message as its sender compresses it; null if it isn't the sender's to compress, or goes as it is, or nowhere. */
    final @Nullable ByteBuffer deflated(ByteBuffer payload, @Nullable Message shared) {
        if (deflating == null || !deflating.bySender(payload.remaining())) {
            return null;
        }
        lock.lock();
        try {
            if (objection(payload.remaining()) != null) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        return deflating.deflate(payload, shared);
    }

    /** With the lock: why a message of this size is not accepted, or null. */
    final @Nullable Reason objection(int size) {
        if (shut) {
            return Reason.NOT_OPEN;
        }
        return fitsWithout(0, 0, size) ? null : Reason.QUEUE_FULL;
    }

    /** With the lock: whether a message fits, if so many were not there. */
    final boolean fitsWithout(int fewerMessages, long fewerBytes, int size) {
        int left = messages - fewerMessages;
        return left < limits.queueMessages() && (left <= 0 || bytes - fewerBytes + size <= limits.queueBytes());
    }

    /** With the lock: whether a piece of a message fits. */
    final boolean fitsBytes(int size) {
        return bytes == 0 || bytes + size <= limits.queueBytes();
    }

    /** With the lock: counts a piece of a message. */
    final void countBytes(int size) {
        bytes += size;
    }

    /** Keeps the calling thread until a message of this size might fit, nothing is accepted any more, or it is too late. */
    final void awaitRoom(int size, BooleanSupplier late) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Condition made = roomMade == null ? lock.newCondition() : roomMade;
            roomMade = made;
            sendersWaiting++;
            try {
                while (objection(size) == Reason.QUEUE_FULL && !late.getAsBoolean()) {
                    made.await();
                }
            } finally {
                sendersWaiting--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the senders that wait look again. */
    final void wakeSenders() {
        lock.lock();
        try {
            if (sendersWaiting > 0 && roomMade != null) {
                roomMade.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    final SendException refusal(Reason reason, int size) {
        if (reason == Reason.NOT_OPEN) {
            return new SendException(reason, "connection " + connection.id() + " is not open", null);
        }
        if (reason == Reason.DROPPED) {
            return new SendException(reason, "dropped by the send policy of the connection", null);
        }
        return new SendException(
                reason,
                "send queue holds " + messages + " messages of " + bytes + " bytes, a message of " + size
                        + " bytes is over its limit of " + limits.queueMessages() + " messages and "
                        + limits.queueBytes() + " bytes",
                null);
    }

    /** With the lock: counts an accepted message. */
    final void count(int size) {
        messages++;
        bytes += size;
    }

    /** With the lock: counts off messages that the transport has taken, and says whether the reader waits for that. */
    final boolean countOff(int number, long size) {
        messages -= number;
        bytes -= size;
        if (sendersWaiting > 0) {
            wakeSenders();
        }
        if (roomWanted && hasRoom(0)) {
            roomWanted = false;
            return true;
        }
        return false;
    }

    /**
     * Whether an answer of this size finds the queue at most half full. If not, {@link CoreConnection#roomMade} follows.
     */
    final boolean room(int size) {
        lock.lock();
        try {
            roomWanted = !shut && !hasRoom(size);
            return !roomWanted;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int size) {
        return messages == 0 || (messages <= limits.queueMessages() / 2 && bytes + size <= limits.queueBytes() / 2);
    }

    /** Queues a control frame, unless too many wait. Of the pongs that wait, the newest is enough (RFC 6455 5.5.3). */
    boolean control(Opcode opcode, ByteBuffer payload) {
        lock.lock();
        try {
            if (shut) {
                return false;
            }
            if (controls == null) {
                controls = new ArrayDeque<>(2);
            }
            if (opcode == Opcode.PONG) {
                controls.removeIf(waiting -> waiting.opcode() == Opcode.PONG);
            } else if (controls.size() >= MAX_CONTROLS) {
                return false;
            }
            controls.add(Outgoing.control(opcode, payload));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** With the lock: what is to be written next, or null. */
    final @Nullable Outgoing next() {
        Outgoing control = controls == null ? null : controls.poll();
        Outgoing next = control != null ? control : nextMessage();
        closeTaken |= next != null && next.opcode() == Opcode.CLOSE;
        return next;
    }

    private @Nullable Outgoing nextMessage() {
        Outgoing first = queue == null ? null : queue.peek();
        if (queue == null || first == null) {
            return null;
        }
        Streaming streaming = first.message();
        return streaming == null ? queue.poll() : streaming.next();
    }

    /** With the lock: whether the Close is on its way, so that no other can take its place. */
    final boolean closeTaken() {
        return closeTaken;
    }

    /**
     * With the lock: queues the Close; nothing is accepted after it.
     *
     * @param discard whether the messages that wait are dropped
     */
    final void close(ClosePayload payload, boolean discard) {
        if (discard) {
            discard(null);
        }
        shut = true;
        wakeSenders();
        queue().add(Outgoing.close(payload));
    }

    /** With the lock: drops all that waits, and fails it. */
    final void discard(@Nullable Throwable cause) {
        shut = true;
        wakeSenders();
        List<CompletableFuture<Void>> failed = new ArrayList<>(0);
        for (Outgoing outgoing : queue()) {
            if (outgoing.counts()) {
                messages--;
                bytes -= outgoing.size();
                if (outgoing.sent() != null) {
                    failed.add(outgoing.sent());
                }
                Streaming streaming = outgoing.message();
                if (streaming != null) {
                    streaming.discard(failed);
                }
            }
        }
        queue().clear();
        controls = null;
        if (stagesInFlight()) {
            failedBehind = failed;
            failedCause = cause;
        } else {
            Completions.fail(connection, failed, cause);
        }
    }

    /** With the lock: whether the transport is at a message whose sender waits for that. */
    abstract boolean stagesInFlight();

    /** With the lock: what was in flight is settled, so it is the turn of what was dropped behind it. */
    final void settleBehind() {
        if (failedBehind != null) {
            Completions.fail(connection, failedBehind, failedCause);
            failedBehind = null;
        }
    }

    /** The connection has ended: drops and fails all that has not left. */
    void abandon(@Nullable Throwable cause) {
        lock.lock();
        try {
            settleBehind();
            discard(cause);
            messages = 0;
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Hands what waits to the transport, unless somebody is doing so. */
    final void flush() {
        lock.lock();
        try {
            if (writing || !pending()) {
                return;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        transmit(false);
    }

    /** The transport takes nothing more, from now on or since it did so last. */
    final void stalled() {
        if (stalledSince == 0) {
            stalledSince = connection.timers().nanoTime() | 1;
        }
    }

    final void progressed() {
        stalledSince = 0;
    }

    /** For how long the transport has taken nothing of what waits, in nanoseconds. */
    final long stalledFor() {
        long since = stalledSince;
        return since == 0 ? 0 : connection.timers().nanoTime() - since;
    }

    final long queuedBytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    final int queuedMessages() {
        lock.lock();
        try {
            return messages;
        } finally {
            lock.unlock();
        }
    }
}
