package dev.ferrule.connection;

import dev.ferrule.Callbacks;
import dev.ferrule.CloseEvent;
import dev.ferrule.Limits;
import dev.ferrule.protocol.Role;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A connection on real threads, over a transport that tells of itself when it takes more. */
final class ThreadedRig {
    final Recorder endpoint = new Recorder();
    final Wire peer;
    final ScriptedTransport transport;
    final ByteConnection connection;
    private final CountDownLatch closed = new CountDownLatch(1);

    ThreadedRig(Role role, Limits limits, Executor threads) {
        this(role, limits, threads, false);
    }

    ThreadedRig(Role role, Limits limits, Executor threads, boolean eventsMayBlock) {
        peer = new Wire(role == Role.SERVER);
        transport = new ScriptedTransport(threads, eventsMayBlock);
        connection = new ByteConnection(new Rig.Settled(role, limits, Callbacks.BLOCKING, endpoint), transport);
        transport.listener(connection);
        endpoint.onClose = (connection, event) -> {
            closed.countDown();
            return null;
        };
    }

    void open() {
        connection.opened();
    }

    CloseEvent awaitClosed() throws InterruptedException {
        if (!closed.await(ManualExecutor.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no onClose: " + connection + ", " + endpoint.events);
        }
        return endpoint.closed;
    }

    boolean closeWritten() {
        return connection.outbound().closeTaken() && connection.queuedMessages() == 0;
    }

    @SuppressWarnings("ThreadPriorityCheck") // what is waited for is a moment away
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ManualExecutor.PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen: " + connection);
            }
            Thread.yield();
        }
    }
}
