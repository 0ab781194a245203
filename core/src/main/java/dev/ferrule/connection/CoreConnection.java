package dev.ferrule.connection;

import dev.ferrule.CloseEvent;
import dev.ferrule.CloseEvent.Initiator;
import dev.ferrule.Connection;
import dev.ferrule.HandshakeRequest;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.MessageWriter;
import dev.ferrule.Retained;
import dev.ferrule.SendException;
import dev.ferrule.SendException.Reason;
import dev.ferrule.SendPolicy;
import dev.ferrule.connection.Buffers.Pooled;
import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.ClosePayload;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.Opcode;
import dev.ferrule.protocol.ProtocolException;
import dev.ferrule.protocol.Role;
import dev.ferrule.protocol.Utf8;
import dev.ferrule.spi.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What connections have in common over bytes and over pieces: callbacks one at a time, the closing handshake, timers.
 *
 * <p>Callbacks are serialised by a role: whoever raises {@code signals} from zero runs {@link #run()}, now or on an
 * executor, and goes on until it has seen all signals. Everything that only the holder of the role touches needs no lock;
 * how the connection ends is decided under the lock of the sending side, by whoever comes first.
 */
abstract class CoreConnection implements Connection, Runnable {
    static final String UNPAIRED = "text has an unpaired surrogate, which UTF-8 can't express (RFC 6455 section 5.6)";

    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.connection");
    private static final AtomicLong IDS = new AtomicLong();
    private static final AtomicIntegerFieldUpdater<CoreConnection> SIGNALS =
            AtomicIntegerFieldUpdater.newUpdater(CoreConnection.class, "signals");
    private static final AtomicLongFieldUpdater<CoreConnection> DEMAND =
            AtomicLongFieldUpdater.newUpdater(CoreConnection.class, "demand");
    /** How long a connection that is over in all but TCP may take to go. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long id = IDS.incrementAndGet();
    private final Opened opened;
    private final Executor executor;
    private final boolean engineMayRun;
    private final Executor workers;
    /** Guarded by the lock: made when it is needed, as many connections never complete a stage. */
    private @Nullable Completions completions;
    /** Guarded by the lock: made when the queue is full for the first time. */
    private @Nullable Overflow overflow;

    /** Guarded by the lock: made when the application pings for the first time. */
    private @Nullable Pings pings;

    private final Heartbeat heartbeat;
    private final Timers timers;
    /** Null where messages that wait are never dropped. */
    private final @Nullable DroppingQueue dropping;
    /** Null where nobody looks. */
    private final @Nullable Observation observation;
    /** Null where idle connections may stay. */
    private final @Nullable Idle idle;
    /** Null where messages are delivered whole. */
    final @Nullable Partial partial;
    /** Null where frames aren't logged. */
    final @Nullable FrameTrace trace;
    /** Whether sends that would wait must not do so in callbacks. */
    private final boolean forbidsWaiting;
    /** Whether sends are of interest to one of these two. */
    private final boolean watched;

    private volatile @Nullable Duration roundTrip;
    /** Of the holder of the role: made when it is needed, as many connections never see a control frame. */
    private @Nullable ControlBudget controlBudget;

    private volatile @Nullable ConcurrentMap<String, Object> attributes;

    private volatile State state = State.OPEN;
    private volatile int signals;
    private volatile @Nullable Thread cycle;
    private volatile boolean stagePending;
    private volatile boolean demandManual;
    private volatile long demand;

    /** Of the holder of the role. */
    private @Nullable ByteBuffer lendable;

    private @Nullable AtomicInteger buffersKept;
    private boolean openDelivered;

    private boolean closeDelivered;

    /** Guarded by the lock of the sending side. */
    private @Nullable ClosePayload localClose;

    private @Nullable ClosePayload peerClose;
    private boolean closeWritten;
    private volatile @Nullable CloseEvent outcome;
    private @Nullable Future<?> closeTimer;
    private boolean writesWatched;

    CoreConnection(Opened opened, Executor workers, boolean eventsMayBlock) {
        this.opened = opened;
        Executor chosen = opened.callbacks().executor();
        this.executor = chosen != null ? chosen : workers;
        this.engineMayRun = chosen == null && (opened.callbacks().inline() || eventsMayBlock);
        this.workers = workers;
        this.timers = opened.timers();
        this.forbidsWaiting = opened.callbacks().inline() && opened.sendPolicy() instanceof SendPolicy.Block;
        this.dropping = DroppingQueue.of(opened.sendPolicy(), this);
        this.observation = Observation.of(opened.observer(), this);
        this.idle = Idle.of(this, timers, opened.limits().idleTimeout());
        this.partial = Partial.of(opened.endpoint());
        this.trace = FrameTrace.of(id);
        this.watched = observation != null || idle != null;
        this.heartbeat = new Heartbeat(this, opened.limits(), timers);
    }

    abstract Outbound outbound();

    /** With the role: handles what has been received, as far as {@link #mayDeliver} allows. */
    abstract void receive() throws ProtocolException;

    /** With the role: nothing more will be received; gives back what that would have needed. */
    abstract void release();

    /** Drops the transport. */
    abstract void drop();

    /** Our Close has left and nothing more will: ends the output, so that the peer sees it, and drains the input. */
    abstract void endOutput();

    // ------------------------------------------------------------------ the callback role

    /** Something has happened that the holder of the role must see; called by the engine. */
    final void signalFromEngine() {
        if (SIGNALS.getAndIncrement(this) == 0) {
            if (engineMayRun) {
                run();
            } else {
                Fallback.execute(executor, this);
            }
        }
    }

    /** Whether the engine's threads may not run callbacks, so that these need another thread. */
    final boolean hops() {
        return !engineMayRun;
    }

    /** Takes the role, if nobody has it; {@link #handOver} or {@link #disclaim} must follow. */
    final boolean claim() {
        return SIGNALS.compareAndSet(this, 0, 1);
    }

    /** Gives the role back, unless something has happened since {@link #claim}. */
    final boolean disclaim() {
        return SIGNALS.compareAndSet(this, 1, 0);
    }

    /** Hands the role that was claimed to a thread that may run callbacks. */
    final void handOver() {
        Fallback.execute(executor, this);
    }

    /** Something has happened that the holder of the role must see; nothing of it runs on the caller's stack. */
    final void signal() {
        if (SIGNALS.getAndIncrement(this) == 0) {
            Fallback.execute(executor, this);
        }
    }

    @Override
    public final void run() {
        int seen;
        do {
            seen = signals;
            cycle = Thread.currentThread();
            if (forbidsWaiting) {
                Overflow.forbidWaiting(true);
            }
            try {
                work();
            } finally {
                cycle = null;
                if (forbidsWaiting) {
                    Overflow.forbidWaiting(false);
                }
            }
            outbound().flush();
        } while (!SIGNALS.compareAndSet(this, seen, 0));
    }

    private void work() {
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
        CloseEvent event = outcome;
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

    /** Whether the current thread is inside of a cycle of this connection, at whose end it flushes. */
    final boolean inCycle() {
        return cycle == Thread.currentThread();
    }

    private void threw(String callback, Throwable t) {
        if (t instanceof SendException && state != State.OPEN) {
            LOG.debug("connection {}: {} sent on a connection that had ended", id, callback);
            return;
        }
        LogOnce.error(LOG, callback, "connection " + id + ": " + callback + " threw", t);
        fail(CloseCode.INTERNAL_ERROR, "", t);
    }

    // ------------------------------------------------------------------ receiving, with the role

    /** Whether the connection has ended as far as the application is concerned. */
    final boolean over() {
        return outcome != null;
    }

    /** Whether a further message may begin: the one before is done with, and it was asked for. */
    final boolean mayDeliver() {
        return !stagePending && (!demandManual || demand > 0);
    }

    /** Whether a message that nobody asked for is thrown away, lest it hides the peer's answer to our Close. */
    final boolean discards() {
        return state == State.CLOSING && demandManual && demand <= 0 && !stagePending;
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

    // ------------------------------------------------------------------ closing

    @Override
    public final void close(CloseCode code, String reason) {
        if (!code.sendable(role())) {
            throw new IllegalArgumentException(
                    "a " + role() + " may not close with code " + code + " (RFC 6455 sections 7.4.1 and 7.4.2)");
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
            if (!done) {
                startCloseTimer();
            }
        } finally {
            outbound.lock.unlock();
        }
        if (done) {
            finishHandshake();
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

    /** Whether the calling thread is one of the engine's that may never block. */
    abstract boolean onEngineThread();

    /** Whether reading stands still until the application, or the peer, goes on. */
    abstract boolean held();

    /** Whether nothing is read now, so that silence doesn't say anything about the peer. */
    final boolean deaf() {
        return held() || signals != 0;
    }

    /** Whether the endpoint is at work on a message, or the peer has still to take one. */
    final boolean busy() {
        return deaf() || outbound().queuedMessages() > 0;
    }

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

    @Override
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
        heartbeat.stop();
        if (idle != null) {
            idle.stop();
        }
        Pings awaited = knownPings();
        if (awaited != null) {
            awaited.fail(event.cause());
        }
        return true;
    }

    private void startCloseTimer() {
        if (closeTimer == null) {
            closeTimer = timers.schedule(
                    () -> lost(new TimeoutException("close timeout: the closing handshake was not done within "
                            + opened.limits().closeTimeout() + " (RFC 6455 section 7.1.1)")),
                    opened.limits().closeTimeout().toNanos());
        }
    }

    /** Whatever the peer does, TCP ends in a while; cancelled by {@link #gone}. */
    private void linger() {
        Future<?> timer = timers.schedule(
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

    // ------------------------------------------------------------------ timers

    /** The transport takes nothing for now: sees to it that this doesn't last for ever. */
    final void watchWrites() {
        watchWrites(limits().writeTimeout().toNanos());
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
        var unused = timers.schedule(this::checkWrites, nanos);
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
        long timeout = limits().writeTimeout().toNanos();
        if (outcome != null || stalled == 0) {
            return;
        }
        if (stalled >= timeout) {
            lost(new TimeoutException("write timeout: the peer took nothing for " + limits().writeTimeout()));
        } else {
            watchWrites(timeout - stalled);
        }
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

    // ------------------------------------------------------------------ the API

    @Override
    public final void send(String text) {
        if (dropping != null) {
            send(Message.text(text));
            return;
        }
        Reason refused = outbound().send(text);
        if (refused != null || watched) {
            settle(refused, true, (int) Utf8.length(text), () -> outbound().send(text));
        }
    }

    @Override
    public final void send(ByteBuffer data) {
        if (dropping != null) {
            send(Message.binary(data));
            return;
        }
        Reason refused = outbound().offer(Opcode.BINARY, data, null, null);
        if (refused != null || watched) {
            settle(refused, false, data.remaining(), () -> outbound().offer(Opcode.BINARY, data, null, null));
        }
    }

    @Override
    public final void send(Message message) {
        Reason refused = offer(message);
        if (refused != null || watched) {
            settle(refused, text(message), size(message), () -> offer(message));
        }
    }

    private static boolean text(Message message) {
        return message instanceof Message.Text;
    }

    private static int size(Message message) {
        return message.payload().remaining();
    }

    /** The end of a send that throws if it was refused. */
    private void settle(@Nullable Reason refused, boolean text, int size, Supplier<@Nullable Reason> again) {
        Reason reason = settle(refused, text, size, true, again);
        if (reason != null && reason != Reason.DROPPED) {
            throw outbound().refusal(reason, size);
        }
    }

    private @Nullable Reason settle(
            @Nullable Reason refused, boolean text, int size, boolean mayWait, Supplier<@Nullable Reason> again) {
        Reason reason =
                refused == null || dropping != null ? refused : overflow().refused(refused, size, mayWait, again);
        if (reason == null && observation != null) {
            observation.sent(text, size);
        }
        if (reason == null && idle != null) {
            idle.used();
        }
        return reason;
    }

    @Override
    public final boolean trySend(Message message) {
        Reason refused = offer(message);
        return (refused == null && !watched)
                || settle(refused, text(message), size(message), false, () -> offer(message)) == null;
    }

    private @Nullable Reason offer(Message message) {
        if (dropping != null) {
            return dropping.send(message, null);
        }
        return message instanceof Message.Text text
                ? outbound().offer(Opcode.TEXT, text.payload(), text.text(), text)
                : outbound().offer(Opcode.BINARY, message.payload(), null, message);
    }

    @Override
    public final CompletionStage<Void> sendAsync(Message message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Reason refused = offerAsync(message, sent);
        if (refused != null || watched) {
            Reason reason = settle(refused, text(message), size(message), false, () -> offerAsync(message, sent));
            if (reason != null) {
                sent.completeExceptionally(outbound().refusal(reason, size(message)));
            }
        }
        return sent.minimalCompletionStage();
    }

    private @Nullable Reason offerAsync(Message message, CompletableFuture<Void> sent) {
        if (dropping != null) {
            return dropping.send(message, sent);
        }
        return message instanceof Message.Text text
                ? outbound().sendAsync(Opcode.TEXT, text.payload(), text.text(), text, sent)
                : outbound().sendAsync(Opcode.BINARY, message.payload(), null, message, sent);
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

    @Override
    public final void flush() {
        outbound().flush();
    }

    @Override
    public final MessageWriter<String> startText() {
        return Streaming.text(this);
    }

    @Override
    public final MessageWriter<ByteBuffer> startBinary() {
        return Streaming.binary(this);
    }

    /** A message that was sent piece by piece has been accepted to its end. */
    final void sent(boolean text, long bytes) {
        if (observation != null) {
            observation.sent(text, bytes);
        }
        if (idle != null) {
            idle.used();
        }
    }

    @Override
    public final Retained retain(ByteBuffer data) {
        if (!inCycle() || lendable == null) {
            throw new IllegalStateException("nothing is lent here: data is retained in the callback that gets it");
        }
        if (buffersKept == null) {
            buffersKept = new AtomicInteger();
        }
        ByteBuffer kept = lendsBriefly() ? Outgoing.copy(data) : data;
        return Keeping.of(kept, lendsBriefly() ? null : lender(), buffersKept);
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

    @Override
    public final CompletionStage<Duration> ping(ByteBuffer payload) {
        if (payload.remaining() > 125) {
            throw new IllegalArgumentException("payload of a Ping is " + payload.remaining()
                    + " bytes, at most 125 fit in a control frame (RFC 6455 section 5.5)");
        }
        Pings awaited = pings();
        CompletableFuture<Duration> pong = awaited.expect(payload);
        if (!sendPing(payload)) {
            awaited.withdraw(pong, state == State.OPEN);
        }
        return pong.minimalCompletionStage();
    }

    final void heartbeat() {
        sendPing(ByteBuffer.allocate(0));
    }

    final boolean sendPing(ByteBuffer payload) {
        boolean sent = outbound().control(Opcode.PING, payload);
        outbound().flush();
        return sent;
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

    @Override
    public final long queuedBytes() {
        return outbound().queuedBytes();
    }

    @Override
    public final int queuedMessages() {
        return outbound().queuedMessages();
    }

    @Override
    public final long droppedMessages() {
        return overflow().droppedMessages();
    }

    @Override
    public final long droppedBytes() {
        return overflow().droppedBytes();
    }

    final void roundTrip(Duration measured) {
        roundTrip = measured;
    }

    @Override
    public final @Nullable Duration roundTrip() {
        return roundTrip;
    }

    @Override
    public final State state() {
        return state;
    }

    @Override
    public final Role role() {
        return opened.role();
    }

    @Override
    public final @Nullable String subprotocol() {
        return opened.subprotocol();
    }

    @Override
    public final List<Extension> extensions() {
        Compression compression = opened.compression();
        return compression == null ? List.of() : List.of(compression.agreed().response());
    }

    @Override
    public final HandshakeRequest request() {
        return opened.handshakeRequest();
    }

    @Override
    public final ConcurrentMap<String, Object> attributes() {
        ConcurrentMap<String, Object> map = attributes;
        if (map == null) {
            Outbound outbound = outbound();
            outbound.lock.lock();
            try {
                map = attributes == null ? new ConcurrentHashMap<>() : attributes;
                attributes = map;
            } finally {
                outbound.lock.unlock();
            }
        }
        return map;
    }

    @Override
    public final long id() {
        return id;
    }

    final Limits limits() {
        return opened.limits();
    }

    final Timers timers() {
        return timers;
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

    private Pings pings() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            pings = pings == null ? new Pings(this, timers) : pings;
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

    private Overflow overflow() {
        Outbound outbound = outbound();
        outbound.lock.lock();
        try {
            overflow = overflow == null ? new Overflow(this, opened.sendPolicy(), timers) : overflow;
            return overflow;
        } finally {
            outbound.lock.unlock();
        }
    }

    @Override
    public final String toString() {
        return "connection " + id + " (" + role() + ", " + state + ")";
    }
}
