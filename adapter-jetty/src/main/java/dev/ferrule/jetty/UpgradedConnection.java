package dev.ferrule.jetty;

import dev.ferrule.spi.ByteListener;
import dev.ferrule.spi.Opening;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/** What Jetty sees of a connection after the upgrade: it opens and closes, and its bytes are none of Jetty's business. */
final class UpgradedConnection implements Connection, Connection.UpgradeTo {
    private final UpgradedStream stream;
    private final EndPoint endPoint;
    private @Nullable Opening opening;
    /** Statistics and the like of an application's own server. */
    private List<Listener> listeners = List.of();

    UpgradedConnection(UpgradedStream stream, EndPoint endPoint, Opening opening) {
        this.stream = stream;
        this.endPoint = endPoint;
        this.opening = opening;
    }

    @Override
    public void addEventListener(EventListener listener) {
        if (listener instanceof Listener added) {
            List<Listener> more = new ArrayList<>(listeners);
            more.add(added);
            listeners = more;
        }
    }

    @Override
    public void removeEventListener(EventListener listener) {
        List<Listener> fewer = new ArrayList<>(listeners);
        fewer.removeIf(each -> each.equals(listener));
        listeners = fewer;
    }

    /** What came right behind the request; comes before {@link #onOpen}. */
    @Override
    public void onUpgradeTo(ByteBuffer buffer) {
        stream.early(buffer);
    }

    @Override
    public void onOpen() {
        // Core has its own timers.
        endPoint.setIdleTimeout(0);
        listeners.forEach(listener -> listener.onOpened(this));
        Opening bound = opening;
        if (bound != null) {
            opening = null;
            ByteListener listener = bound.overBytes(stream);
            stream.bind(listener);
            listener.opened();
        }
    }

    /** There will be no upgrade. */
    void abandon() {
        Opening bound = opening;
        if (bound != null) {
            opening = null;
            bound.lost();
        }
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        listeners.forEach(listener -> listener.onClosed(this));
        stream.lost(cause == null ? new ClosedChannelException() : cause);
    }

    @Override
    public EndPoint getEndPoint() {
        return endPoint;
    }

    /** Jetty is being stopped. */
    @Override
    public void close() {
        endPoint.close();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return false;
    }

    @Override
    public long getMessagesIn() {
        return -1;
    }

    @Override
    public long getMessagesOut() {
        return -1;
    }

    @Override
    public long getBytesIn() {
        return -1;
    }

    @Override
    public long getBytesOut() {
        return -1;
    }

    @Override
    public long getCreatedTimeStamp() {
        return endPoint.getCreatedTimeStamp();
    }
}
