package dev.ferrule.memory;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who listens where, and the links that there are. */
final class Switchboard {
    /** What a server is told of a link. */
    interface Listener {
        boolean secure();

        void accept(Link link);
    }

    /** The ports that systems give to those who don't ask for one (RFC 6335 section 6). */
    private static final int FIRST_PORT = 49_152;

    private static final int LAST_PORT = 65_535;

    private final Schedule schedule;
    private final ConcurrentMap<String, Listener> listeners = new ConcurrentHashMap<>();
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final AtomicInteger clientPorts = new AtomicInteger();
    private volatile Consumer<Link> onLink = link -> {};
    private volatile @Nullable Link lastLink;

    Switchboard(Schedule schedule) {
        this.schedule = schedule;
    }

    Schedule schedule() {
        return schedule;
    }

    void onLink(Consumer<Link> action) {
        onLink = action;
    }

    /** Listens at a port, or for 0 at a free one, and says at which. */
    int listen(String host, int port, Listener listener) throws IOException {
        for (int candidate = port == 0 ? FIRST_PORT : port; candidate <= LAST_PORT; candidate++) {
            if (listeners.putIfAbsent(authority(host, candidate), listener) == null) {
                return candidate;
            }
            if (port != 0) {
                throw new IOException("port " + port + " on " + host + " is in use");
            }
        }
        throw new IOException("no port on " + host + " is free");
    }

    void leave(String host, int port) {
        listeners.remove(authority(host, port));
    }

    /** Connects to whoever listens there, or to all addresses of its host. */
    Link dial(String host, int port, boolean secure) throws IOException {
        Listener listener = listeners.get(authority(host, port));
        if (listener == null) {
            listener = listeners.get(authority("0.0.0.0", port));
        }
        if (listener == null) {
            throw new ConnectException("Connection refused");
        }
        if (listener.secure() != secure) {
            throw new IOException(secure ? "the server speaks no TLS" : "the server speaks TLS alone");
        }
        int clientPort = FIRST_PORT + Math.floorMod(clientPorts.getAndIncrement(), LAST_PORT - FIRST_PORT + 1);
        Link link = new Link(schedule, clientPort);
        links.removeIf(Link::over);
        links.add(link);
        lastLink = link;
        onLink.accept(link);
        listener.accept(link);
        return link;
    }

    List<Link> links() {
        return links.stream().filter(link -> !link.over()).toList();
    }

    /** What was dialled last, open or over. */
    @Nullable
    Link lastLink() {
        return lastLink;
    }

    private static String authority(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "localhost", "::1", "0:0:0:0:0:0:0:1" -> "127.0.0.1:" + port;
            case "::", "" -> "0.0.0.0:" + port;
            default -> name + ":" + port;
        };
    }
}
