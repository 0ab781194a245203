package dev.ferrule.memory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries bytes between real sockets and the links of a network, with their ends and resets: so the testkit's wire peer, of
 * which no line knows core, judges what goes over memory byte by byte.
 */
final class SocketBridge implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "socket-bridge");
        thread.setDaemon(true);
        return thread;
    });

    private final Switchboard switchboard;
    private final ServerSocket listener;
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

    /** To the network that all of the process share. */
    SocketBridge() {
        this.switchboard = Provider.shared();
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(LOOPBACK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever connects to the port that is returned gets a link to the server in memory. */
    int inward(int memoryPort) {
        start(() -> {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                join(socket, switchboard.dial("127.0.0.1", memoryPort, false).client());
            }
        });
        return listener.getLocalPort();
    }

    /** Links to the port in memory lead to the same port of this machine, from now on. */
    void outward(int port) throws IOException {
        if (ports.add(port)) {
            switchboard.listen("127.0.0.1", port, new Switchboard.Listener() {
                @Override
                public boolean secure() {
                    return false;
                }

                @Override
                public void accept(Link link) {
                    start(() -> join(new Socket(InetAddress.getByAddress(LOOPBACK), port), link.server()));
                }
            });
        }
    }

    private static void join(Socket socket, LinkEnd end) throws IOException {
        socket.setTcpNoDelay(true);
        BlockingEnd memory = new BlockingEnd(end);
        AtomicInteger directions = new AtomicInteger(2);
        start(() -> {
            try {
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[8192];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    memory.write(buffer, n);
                }
                end.shutdownOutput();
                done(directions, socket, end);
            } catch (IOException e) {
                reset(socket, end);
            }
        });
        start(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                byte[] buffer = new byte[8192];
                for (int n = memory.read(buffer); n >= 0; n = memory.read(buffer)) {
                    out.write(buffer, 0, n);
                }
                socket.shutdownOutput();
                done(directions, socket, end);
            } catch (IOException e) {
                reset(socket, end);
            }
        });
    }

    private static void done(AtomicInteger directions, Socket socket, LinkEnd end) throws IOException {
        if (directions.decrementAndGet() == 0) {
            socket.close();
            end.close();
        }
    }

    private static void reset(Socket socket, LinkEnd end) throws IOException {
        end.close(true);
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** What may throw when the other side is gone. */
    private interface Carrying {
        void run() throws IOException;
    }

    private static void start(Carrying carrying) {
        THREADS.execute(() -> {
            try {
                carrying.run();
            } catch (IOException e) {
                // The socket is gone, which is how this ends.
                return;
            }
        });
    }

    @Override
    public void close() {
        ports.forEach(port -> switchboard.leave("127.0.0.1", port));
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
