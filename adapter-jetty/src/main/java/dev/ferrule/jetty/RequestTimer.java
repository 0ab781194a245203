package dev.ferrule.jetty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Drops a connection that hasn't delivered the head of a request in time, however slowly it drips, TLS handshake
 * included; and one that doesn't end after the answer. An upgrade ends the timer, as it ends Jetty's HTTP connection.
 */
final class RequestTimer implements Connection.Listener {
    private static final String ATTRIBUTE = RequestTimer.class.getName();
    /** How long a peer may take to read an answer and end the connection, after it has been written. */
    private static final long LINGER_MILLIS = 1000;

    private final EndPoint endPoint;
    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as the next. */
    private Scheduler.@Nullable Task task;

    private boolean over;

    private RequestTimer(EndPoint endPoint, Scheduler scheduler) {
        this.endPoint = endPoint;
        this.scheduler = scheduler;
    }

    /** Begins to wait for the request of a connection that has just been accepted. */
    static void start(Connection connection, Scheduler scheduler, long millis) {
        RequestTimer timer = new RequestTimer(connection.getEndPoint(), scheduler);
        if (connection instanceof ConnectionMetaData metaData) {
            metaData.setAttribute(ATTRIBUTE, timer);
        }
        timer.schedule(millis);
        connection.addEventListener(timer);
    }

    static @Nullable RequestTimer of(ConnectionMetaData connection) {
        return (RequestTimer) connection.getAttribute(ATTRIBUTE);
    }

    void requestArrived() {
        cancel();
    }

    void answered() {
        schedule(LINGER_MILLIS);
    }

    @Override
    public void onClosed(Connection connection) {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
        cancel();
    }

    private void schedule(long millis) {
        lock.lock();
        try {
            if (!over) {
                task = scheduler.schedule(endPoint::close, millis, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void cancel() {
        lock.lock();
        try {
            if (task != null) {
                task.cancel();
                task = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
