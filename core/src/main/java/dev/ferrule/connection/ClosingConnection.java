package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.CloseEvent.Initiator;
import dev.ferrule.Connection.State;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ClosePayload;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends (RFC 6455 section 7): the closing handshake, failure and loss, and the timers that let none of it
 * last. How it ends is decided under the lock of the sending side, by whoever comes first.
 */
abstract class ClosingConnection extends CallbackRole {
    /** How long a connection that is over in all but TCP may take to go. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    final Opened opened;

    private volatile State state = State.OPEN;
    /** Guarded by the lock of the sending side. */
    private @Nullable ClosePayload localClose;

    private @Nullable ClosePayload peerClose;
    private boolean closeWritten;
    private volatile @Nullable CloseEvent outcome;
    private @Nullable Future<?> closeTimer;
    private boolean writesWatched;
    /** Of the holder of the role: an answer to the peer's Close is queued. */
    private boolean answering;

    ClosingConnection(Opened opened, Executor workers, boolean eventsMayBlock) {
        super(opened.callbacks(), opened.sendPolicy(), workers, eventsMayBlock);
        this.opened = opened;
    }

    abstract Outbound outbound();

    /** Drops the transport. */
    abstract void drop();

    /** Our Close has left and nothing more will: ends the output, so that the peer sees it, and drains the input. */
    abstract void endOutput();

    /** How the connection ends is decided; this comes once. */
    abstract void decided(CloseEvent event);

    /** See {@link dev.ferrule.Connection#state}. */
    public final State state() {
        return state;
    }

    /** Whether the connection has ended as far as the application is concerned. */
    final boolean over() {
        return outcome != null;
    }

    /** How the connection has ended, or null. */
    final @Nullable CloseEvent outcome() {
        return outcome;
    }

    /** See {@link dev.ferrule.Connection#close}. */
    public final void close(CloseCode code, String reason) {
        if (!code.sendable(opened.role())) {
            throw new IllegalArgumentException(
                    "a " + opened.role() + " may not close with code " + code + " (RFC 6455 sections 7.4.1 and 7.4.2)");
        }
        String objection = ClosePayload.objection(reason);
        if (objection != null) {
            throw new IllegalArgumentException(objection);
        }
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            localClose = new ClosePayload(code, reason);
            outbound.close(localClose, false);
        } finally {
            outbound.lock.unlock();
        }
        if (!inCycle()) {
            outbound.flush();
        }
        if (held()) {
            signal();
        }
    }

    /** With the role: the peer's Close has come; nothing after it counts. */
    final void peerClosed(ClosePayload payload) {
        Outbound outbound = outbound();
        boolean done = false;
        outbound.lock.lock();
        try {
            if (peerClose != null || outcome != null) {
                return;
            }
            peerClose = payload;
            state = State.CLOSING;
            if (localClose == null) {
                outbound.close(replyTo(payload), true);
            } else if (!outbound.closeTaken()) {
                outbound.close(localClose, true);
            }
            done = closeWritten;
            answering = !done;
        } finally {
            outbound.lock.unlock();
        }
        if (done) {
            finishHandshake();
        }
    }

    /** With the role: the answer to the peer's Close leaves with the cycle that saw it, or is waited for. */
    final void awaitAnswerWritten() {
        if (!answering) {
            return;
        }
        answering = false;
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            if (outcome == null) {
                startCloseTimer();
            }
        } finally {
            outbound.lock.unlock();
        }
    }

    /** The same code, none for none, and no reason: the peer knows its own. */
    private static ClosePayload replyTo(ClosePayload payload) {
        return new ClosePayload(payload.code(), "");
    }

    /** The writer has handed our Close to the transport. */
    final void closeWritten() {
        boolean done;
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            closeWritten = true;
            done = peerClose != null && outcome == null;
            if (!done && outcome == null) {
                startCloseTimer();
            }
        } finally {
            outbound.lock.unlock();
        }
        if (done) {
            finishHandshake();
        } else if (outcome != null) {
            endOutput();
        }
    }

    /** Both Close frames have been exchanged (RFC 6455 section 7.1.4). */
    private void finishHandshake() {
        ClosePayload peer = peerClose == null ? ClosePayload.NONE : peerClose;
        Initiator initiator = localClose != null ? Initiator.LOCAL : Initiator.PEER;
        if (decide(new CloseEvent(peer.code(), peer.reason(), initiator, true, null))) {
            if (!handshakeDone()) {
                linger();
            }
            signal();
        }
    }

    /**
     * Both Close frames have been exchanged: a server ends TCP at once, a client lets the server do it (7.1.1).
     *
     * @return whether the transport is gone
     */
    abstract boolean handshakeDone();

    /** Whether reading stands still until the application, or the peer, goes on. */
    abstract boolean held();

    /** Fails the connection (RFC 6455 section 7.1.7): a Close with the code, and nothing more is received. */
    final void fail(CloseCode code, String reason, Throwable cause) {
        Outbound outbound = outbound();
        boolean ended;
        outbound.lock.lock();
        try {
            if (!decide(new CloseEvent(code, reason, Initiator.LOCAL, false, cause))) {
                return;
            }
            ended = closeWritten;
            if (outbound.closeTaken()) {
                outbound.discard(cause);
            } else {
                outbound.close(new ClosePayload(code, reason), true);
            }
        } finally {
            outbound.lock.unlock();
        }
        linger();
        if (ended) {
            endOutput();
        } else if (!inCycle()) {
            outbound.flush();
        }
        signal();
    }

    /** The transport is lost, or has stood still for too long. */
    public final void lost(Throwable cause) {
        ClosePayload peer;
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            peer = peerClose;
        } finally {
            outbound.lock.unlock();
        }
        end(
                peer == null
                        ? new CloseEvent(CloseCode.ABNORMAL_CLOSURE, "", Initiator.TRANSPORT, false, cause)
                        : new CloseEvent(peer.code(), peer.reason(), Initiator.PEER, false, cause));
    }

    /** See {@link dev.ferrule.Connection#abort}. */
    public final void abort() {
        end(new CloseEvent(CloseCode.ABNORMAL_CLOSURE, "", Initiator.LOCAL, false, null));
    }

    private void end(CloseEvent event) {
        boolean first = decide(event);
        CloseEvent decided = outcome;
        outbound().abandon(decided == null ? event.cause() : decided.cause());
        drop();
        if (first) {
            signal();
        }
    }

    /** How the connection ended is decided once, by whoever comes first. */
    private boolean decide(CloseEvent event) {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            if (outcome != null) {
                return false;
            }
            outcome = event;
            state = State.CLOSED;
            if (closeTimer != null) {
                closeTimer.cancel(false);
                closeTimer = null;
            }
        } finally {
            outbound.lock.unlock();
        }
        decided(event);
        return true;
    }

    private void startCloseTimer() {
        if (closeTimer == null) {
            closeTimer = opened.timers()
                    .schedule(
                            () -> lost(new TimeoutException("close timeout: the closing handshake was not done within "
                                    + opened.limits().closeTimeout() + " (RFC 6455 section 7.1.1)")),
                            opened.limits().closeTimeout().toNanos());
        }
    }

    /** Whatever the peer does, TCP ends in a while; cancelled by {@link #gone}. */
    private void linger() {
        Future<?> timer = opened.timers()
                .schedule(
                        () -> {
                            outbound().abandon(null);
                            drop();
                        },
                        LINGER_NANOS);
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            closeTimer = timer;
        } finally {
            outbound.lock.unlock();
        }
    }

    /** The transport is gone for good: nothing is left to wait for. */
    final void gone() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            if (outcome != null && closeTimer != null) {
                closeTimer.cancel(false);
                closeTimer = null;
            }
        } finally {
            outbound.lock.unlock();
        }
    }

    /** The transport takes nothing for now: sees to it that this doesn't last for ever. */
    final void watchWrites() {
        watchWrites(opened.limits().writeTimeout().toNanos());
    }

    private void watchWrites(long nanos) {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            if (writesWatched) {
                return;
            }
            writesWatched = true;
        } finally {
            outbound.lock.unlock();
        }
        var unused = opened.timers().schedule(this::checkWrites, nanos);
    }

    private void checkWrites() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            writesWatched = false;
        } finally {
            outbound.lock.unlock();
        }
        long stalled = outbound.stalledFor();
        long timeout = opened.limits().writeTimeout().toNanos();
        if (outcome != null || stalled == 0) {
            return;
        }
        if (stalled >= timeout) {
            lost(new TimeoutException("write timeout: the peer took nothing for "
                    + opened.limits().writeTimeout()));
        } else {
            watchWrites(timeout - stalled);
        }
    }
}
