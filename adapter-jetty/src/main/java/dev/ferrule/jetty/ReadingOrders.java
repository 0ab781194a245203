package dev.ferrule.jetty;

import dev.ferrule.spi.LeastRecentlyRead;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** For each of Jetty's selectors, the order in which its streams are read. */
final class ReadingOrders {
    private final ConcurrentMap<ManagedSelector, LeastRecentlyRead> orders = new ConcurrentHashMap<>(1);

    /** The one that holds for a stream; null if a selector tells it through others, such as TLS. */
    @Nullable
    LeastRecentlyRead of(Connector connector, EndPoint endPoint) {
        if (connector instanceof ServerConnector tcp && endPoint instanceof SocketChannelEndPoint direct) {
            for (ManagedSelector managed : tcp.getSelectorManager().getBeans(ManagedSelector.class)) {
                Selector selector = managed.getSelector();
                if (selector != null && direct.getChannel().keyFor(selector) != null) {
                    return orders.computeIfAbsent(managed, ReadingOrders::behindEvents);
                }
            }
        }
        return null;
    }

    /** Updates are done between what was selected and the next selection, by the thread that selects. */
    private static LeastRecentlyRead behindEvents(ManagedSelector managed) {
        return new LeastRecentlyRead(task -> managed.submit(selector -> task.run()));
    }
}
