package dev.ferrule.bench.server;

import dev.ferrule.bench.load.Loopback;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A loop over a selector that does no more than an echo needs: no limits, no check of UTF-8, no fragments, no timers. The
 * floor to compare with. One thread; the replies to one read leave in one write, or each in a write of its own.
 */
final class NioServer implements EchoServer {
    private static final int READ_BYTES = 256 << 10;

    private final boolean together;
    private final Set<NioConnection> everybody = new HashSet<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BYTES);
    private final NioReplies replies = new NioReplies();

    NioServer(boolean together) {
        this.together = together;
    }

    @Override
    public int listen(int port, int longest) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(Loopback.port(port), 1024);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(() -> run(selector), "nio");
        thread.setDaemon(true);
        thread.start();
        return listener.socket().getLocalPort();
    }

    private void run(Selector selector) {
        try {
            while (true) {
                selector.select(this::ready);
            }
        } catch (IOException e) {
            System.err.println("nio: " + e.getMessage());
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof NioConnection connection) {
            try {
                serve(connection, key);
            } catch (IOException e) {
                drop(connection, key);
            }
        } else {
            accept(key);
        }
    }

    private static void accept(SelectionKey key) {
        try {
            SocketChannel channel;
            while ((channel = ((ServerSocketChannel) key.channel()).accept()) != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey own = channel.register(key.selector(), SelectionKey.OP_READ);
                own.attach(new NioConnection(channel, own));
            }
        } catch (IOException e) {
            System.err.println("nio: " + e.getMessage());
        }
    }

    private void serve(NioConnection connection, SelectionKey key) throws IOException {
        if (key.isWritable()) {
            connection.flush();
        }
        if (!key.isValid() || !key.isReadable() || connection.waits()) {
            return;
        }
        ByteBuffer in = connection.incomplete(received);
        int n = connection.channel().read(in);
        in.flip();
        if (n < 0 || !answer(connection, in)) {
            drop(connection, key);
        } else {
            connection.keep(in);
        }
    }

    /** Answers all that has arrived; false when the connection has ended. */
    private boolean answer(NioConnection connection, ByteBuffer in) throws IOException {
        if (!connection.open()) {
            ByteBuffer response = connection.handshake(in);
            if (response == null) {
                return true;
            }
            connection.write(response);
            if (connection.broadcasts()) {
                everybody.add(connection);
            }
        }
        boolean goesOn = true;
        while (goesOn && replies.next(in)) {
            goesOn = !replies.closed();
            if (connection.broadcasts() && replies.message()) {
                broadcast(replies.take());
            } else if (!together || replies.full()) {
                connection.write(replies.take());
            }
        }
        connection.write(replies.take());
        return goesOn;
    }

    private void broadcast(ByteBuffer frame) {
        List<NioConnection> lost = new ArrayList<>();
        for (NioConnection each : everybody) {
            try {
                each.write(frame.duplicate());
            } catch (IOException e) {
                lost.add(each);
            }
        }
        lost.forEach(everybody::remove);
    }

    private void drop(NioConnection connection, SelectionKey key) {
        everybody.remove(connection);
        key.cancel();
        connection.end();
    }
}
