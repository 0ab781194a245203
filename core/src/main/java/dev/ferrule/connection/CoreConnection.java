package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Limits;
import dev.ferrule.SendException;
import dev.ferrule.connection.Buffers.Pooled;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.Utf8;
import dev.ferrule.spi.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What connections have in common over bytes and over pieces: what is delivered to the endpoint. How callbacks come one at a
 * time, and how connections end, is below; what the application may do is above.
 */
abstract class CoreConnection extends ClosingConnection implements Connection {
    static final String UNPAIRED = "text has an unpaired surrogate, which UTF-8 can't express (RFC 6455 section 5.6)";

    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.connection");
    private static final AtomicLong IDS = new AtomicLong();
    private static final AtomicLongFieldUpdater<CoreConnection> DEMAND =
            AtomicLongFieldUpdater.newUpdater(CoreConnection.class, "demand");

    private final long id = IDS.incrementAndGet();
    private final Executor workers;
    /** Guarded by the lock: made when it is needed, as many connections never complete a stage. */
    private @Nullable Completions completions;
    /** Guarded by the lock: made when the queue is full for the first time. */
    private @Nullable Overflow overflow;

    /** Guarded by the lock: made when the application pings for the first time. */
    private @Nullable Pings pings;

    private final Heartbeat heartbeat;
    /** Null where nobody looks. */
    final @Nullable Observation observation;
    /** Null where idle connections may stay. */
    final @Nullable Idle idle;
    /** Null where messages are delivered whole. */
    final @Nullable Partial partial;
    /** Null where frames aren't logged. */
    final @Nullable FrameTrace trace;
    /** Whether sends are of interest to one of these two. */
    final boolean watched;

    private volatile @Nullable Duration roundTrip;
    /** Of the holder of the role: made when it is needed, as many connections never see a control frame. */
    private @Nullable ControlBudget controlBudget;

    private volatile boolean stagePending;
    private volatile boolean demandManual;
    private volatile long demand;

    /** Of the holder of the role. */
    @Nullable
    ByteBuffer lendable;

    private boolean openDelivered;

    private boolean closeDelivered;

    CoreConnection(Opened opened, Executor workers, boolean eventsMayBlock) {
        super(opened, workers, eventsMayBlock);
        this.workers = workers;
        this.observation = Observation.of(opened.observer(), this);
        this.idle = Idle.of(this, opened.timers(), opened.limits().idleTimeout());
        this.partial = Partial.of(opened.endpoint());
        this.trace = FrameTrace.of(id);
        this.watched = observation != null || idle != null;
        this.heartbeat = new Heartbeat(this);
    }

    /** With the role: handles what has been received, as far as {@link #mayDeliver} allows. */
    abstract void receive() throws ProtocolException;

    /** With the role: nothing more will be received; gives back what that would have needed. */
    abstract void release();

    @Override
    final void work() {
        if (!openDelivered) {
            openDelivered = true;
            heartbeat.start();
            if (idle != null) {
                idle.start();
            }
            if (observation != null) {
                observation.opened();
            }
            try {
                // Even if the connection has ended already: each onClose has its onOpen before it.
                opened.endpoint().onOpen(this);
            } catch (Throwable t) {
                threw("onOpen", t);
            }
            opened.delivered(this);
        }
        try {
            receive();
        } catch (ProtocolException e) {
            fail(e.code(), "", e);
        } catch (RuntimeException | Error e) {
            LogOnce.error(LOG, "unexpected failure", "connection " + id + ": unexpected failure", e);
            fail(CloseCode.INTERNAL_ERROR, "", e);
        }
        CloseEvent event = outcome();
        if (event != null && !closeDelivered) {
            closeDelivered = true;
            release();
            LOG.debug("connection {}: closed, {}", id, event);
            try {
                opened.endpoint().onClose(this, event);
            } catch (Throwable t) {
                LogOnce.error(LOG, "onClose", "connection " + id + ": onClose threw", t);
            }
            if (observation != null) {
                observation.closed(event);
            }
            opened.closed(this, event);
        }
    }

    @Override
    final void cycleEnds() {
        outbound().flush();
        awaitAnswerWritten();
    }

    @Override
    final void decided(CloseEvent event) {
        heartbeat.stop();
        if (idle != null) {
            idle.stop();
        }
        Pings awaited = knownPings();
        if (awaited != null) {
            awaited.fail(event.cause());
        }
    }

    private void threw(String callback, Throwable t) {
        if (t instanceof SendException && state() != State.OPEN) {
            LOG.debug("connection {}: {} sent on a connection that had ended", id, callback);
            return;
        }
        LogOnce.error(LOG, callback, "connection " + id + ": " + callback + " threw", t);
        fail(CloseCode.INTERNAL_ERROR, "", t);
    }

    /** Whether a further message may begin: the one before is done with, and it was asked for. */
    final boolean mayDeliver() {
        return !stagePending && (!demandManual || demand > 0);
    }

    /** Whether a message that nobody asked for is thrown away, lest it hides the peer's answer to our Close. */
    final boolean discards() {
        return state() == State.CLOSING && demandManual && demand <= 0 && !stagePending;
    }

    final void deliverText(String text) {
        consumeDemand();
        if (watched) {
            received(true, partial == null ? Utf8.length(text) : partial.whole());
        }
        try {
            await("onText", partial == null ? opened.endpoint().onText(this, text) : partial.onText(this, text));
        } catch (Throwable t) {
            threw("onText", t);
        }
    }

    final void deliverBinary(ByteBuffer data) {
        consumeDemand();
        if (watched) {
            received(false, partial == null ? data.remaining() : partial.whole());
        }
        lendable = data;
        try {
            await("onBinary", partial == null ? opened.endpoint().onBinary(this, data) : partial.onBinary(this, data));
        } catch (Throwable t) {
            threw("onBinary", t);
        } finally {
            lendable = null;
        }
    }

    private void consumeDemand() {
        if (demandManual) {
            // Not below zero, where the message was on its way when demand was called for the first time.
            DEMAND.updateAndGet(this, before -> Math.max(0, before - 1));
        }
    }

    private void await(String callback, @Nullable CompletionStage<?> stage) {
        if (stage != null) {
            stagePending = true;
            stage.whenComplete((done, failure) -> {
                if (failure != null) {
                    // What a stage that depends on another says of the other's failure.
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
                    threw(callback, cause != null ? cause : failure);
                }
                stagePending = false;
                signal();
            });
        }
    }

    final boolean stagePending() {
        return stagePending;
    }

    /** With the role: a control frame has come, of which there may not be too many. */
    final void takeControl() throws ProtocolException {
        if (controlBudget == null) {
            controlBudget = new ControlBudget(limits(), timers());
        }
        controlBudget.take();
    }

    final void deliverPong(ByteBuffer payload) {
        Duration beat = heartbeat.pong(payload);
        if (beat != null) {
            roundTrip = beat;
        }
        Pings awaited = knownPings();
        Duration pong = awaited == null ? null : awaited.pong(payload);
        Duration measured = pong == null ? beat : pong;
        if (measured != null && observation != null) {
            observation.pong(measured);
        }
        try {
            opened.endpoint().onPong(this, payload.asReadOnlyBuffer());
        } catch (Throwable t) {
            threw("onPong", t);
        }
    }

    /** A message was received whole, or -1 bytes: a piece of it. */
    final void received(boolean text, long bytes) {
        if (observation != null && bytes >= 0) {
            observation.received(text, bytes);
        }
        if (idle != null) {
            idle.used();
        }
    }

    final void heard() {
        heartbeat.heard();
    }

    final void answerPing(ByteBuffer payload) {
        outbound().control(Opcode.PONG, payload);
    }

    /** Whether the calling thread is one of the engine's that may never block. */
    abstract boolean onEngineThread();

    /** Whether nothing is read now, so that silence doesn't say anything about the peer. */
    final boolean deaf() {
        return held() || atWork();
    }

    /** Whether the endpoint is at work on a message, or the peer has still to take one. */
    final boolean busy() {
        return deaf() || outbound().queuedMessages() > 0;
    }

    /** There is room in the queue again for which the reader waits. */
    final void roomMade(boolean engine) {
        if (engine) {
            signalFromEngine();
        } else {
            // A sender has made it, on whose stack no callback may run.
            signal();
        }
    }

    @Override
    public final void demand(long messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("demand is " + messages + ", it can't be negative");
        }
        DEMAND.updateAndGet(this, before -> before + messages < 0 ? Long.MAX_VALUE : before + messages);
        demandManual = true;
        signal();
    }

    final void roundTrip(Duration measured) {
        roundTrip = measured;
    }

    @Override
    public final @Nullable Duration roundTrip() {
        return roundTrip;
    }

    final void queueFull(long bytes) {
        if (observation != null) {
            observation.queueFull(bytes);
        }
    }

    final void dropped(int bytes) {
        overflow().dropped(bytes);
        if (observation != null) {
            observation.dropped(bytes);
        }
    }

    /** Whether the calling thread may be kept waiting. */
    final boolean mayWaitHere() {
        return !onEngineThread() && Overflow.waitingAllowed();
    }

    /** A message has been accepted, to its end if it is sent piece by piece. */
    final void sent(boolean text, long bytes) {
        if (observation != null) {
            observation.sent(text, bytes);
        }
        if (idle != null) {
            idle.used();
        }
    }

    /** Where the message is that is being delivered; null if nobody will overwrite it. */
    @Nullable
    Pooled lender() {
        return null;
    }

    /** Whether the message that is being delivered is the engine's, which can't be kept from overwriting it. */
    boolean lendsBriefly() {
        return false;
    }

    final void heartbeat() {
        sendPing(ByteBuffer.allocate(0));
    }

    final boolean sendPing(ByteBuffer payload) {
        boolean sent = outbound().control(Opcode.PING, payload);
        outbound().flush();
        return sent;
    }

    final Limits limits() {
        return opened.limits();
    }

    final Timers timers() {
        return opened.timers();
    }

    final Completions completions() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            completions = completions == null ? new Completions(this, workers) : completions;
            return completions;
        } finally {
            outbound.lock.unlock();
        }
    }

    final Pings pings() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            pings = pings == null ? new Pings(this, timers()) : pings;
            return pings;
        } finally {
            outbound.lock.unlock();
        }
    }

    private @Nullable Pings knownPings() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            return pings;
        } finally {
            outbound.lock.unlock();
        }
    }

    final Overflow overflow() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            overflow = overflow == null ? new Overflow(this, opened.sendPolicy(), timers()) : overflow;
            return overflow;
        } finally {
            outbound.lock.unlock();
        }
    }

    @Override
    public final long id() {
        return id;
    }
}
