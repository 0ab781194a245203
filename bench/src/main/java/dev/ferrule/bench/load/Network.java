package dev.ferrule.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connections of a load and their selector. For one thread. */
final class Network implements Closeable {
    /** What a load wants to hear. */
    interface Listener {
        /** An opening handshake is through. */
        default void opened(Peer peer) throws IOException {}

        /** Messages have arrived whole. */
        void messages(Peer peer, int count, long now) throws IOException;

        /** A closing handshake is through and TCP has ended. */
        default void closed(Peer peer) {}
    }

    private static final int RECEIVE_BYTES = 1 << 20;
    private static final int OPENING_AT_ONCE = 128;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int CONNECTIONS_PER_ADDRESS = 20_000;

    private final Selector selector = Selector.open();
    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final InetSocketAddress server;
    private final ByteBuffer request;
    private final Traffic traffic;
    private final ByteBuffer expected;
    private final Train train;
    /** Those that have not ended. */
    private final Map<Integer, Peer> peers = new LinkedHashMap<>();

    private final Listener listener;
    private int opening;
    private int connected;
    private @Nullable IOException failure;

    Network(int port, String path, Traffic traffic, Listener listener) throws IOException {
        this.server = Loopback.port(port);
        this.traffic = traffic;
        this.listener = listener;
        byte[] payload = traffic.payload().bytes(traffic.size());
        expected = ByteBuffer.allocateDirect(payload.length).put(payload).flip();
        train = new Train(payload, traffic.payload().text(), traffic.inFlight());
        request = StandardCharsets.US_ASCII.encode("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + Upgrade.KEY
                + "\r\nSec-WebSocket-Version: 13\r\n\r\n");
    }

    /** Connections that have not ended. */
    Collection<Peer> peers() {
        return peers.values();
    }

    /** The connection that was the first. */
    Peer first() throws LoadException {
        Peer peer = peers.get(0);
        if (peer == null) {
            throw new LoadException("the first connection has ended");
        }
        return peer;
    }

    /** Opens connections, and waits until all are open. */
    void open(int count) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        for (int i = 0; i < count; i++) {
            connect();
            while (opening >= OPENING_AT_ONCE) {
                pollBefore(deadline, "the opening handshakes");
            }
        }
        while (opening > 0) {
            pollBefore(deadline, "the opening handshakes");
        }
    }

    /** Begins an opening handshake. The addresses change, since one has no more than some 28,000 ports. */
    void connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int index = connected++;
        int last = 1 + index / CONNECTIONS_PER_ADDRESS % 100;
        if (last != 1) {
            channel.bind(Loopback.port(last, 0));
        }
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        EchoReader reader = new EchoReader(expected, traffic.payload().text());
        Peer peer = new Peer(index, channel, key, reader, train, traffic.inFlight());
        key.attach(new Opening(peer));
        peers.put(index, peer);
        opening++;
        channel.connect(server);
    }

    /** Takes what has arrived, or waits for it for some milliseconds. */
    void poll(long millis) throws IOException {
        selector.select(this::ready, millis);
        IOException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    private void pollBefore(long deadline, String what) throws IOException {
        poll(100);
        if (System.nanoTime() > deadline) {
            throw new LoadException(what + " took longer than " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s");
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.attachment() instanceof Opening unopened) {
                open(unopened, key);
            } else {
                serve((Peer) key.attachment(), key);
            }
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
            }
        }
    }

    private void open(Opening unopened, SelectionKey key) throws IOException {
        Peer peer = unopened.peer;
        if (key.isConnectable()) {
            peer.request(request);
            return;
        }
        int n = peer.channel().read(received.clear());
        if (n < 0) {
            throw new LoadException("connection " + peer.index() + " ended in its opening handshake");
        }
        received.flip();
        if (unopened.upgrade.read(received)) {
            opening--;
            peer.opened();
            key.attach(peer);
            listener.opened(peer);
            hand(peer);
        }
    }

    private void serve(Peer peer, SelectionKey key) throws IOException {
        if (key.isWritable()) {
            peer.flush();
        }
        if (!key.isReadable()) {
            return;
        }
        int n = peer.channel().read(received.clear());
        if (n < 0) {
            end(peer);
            return;
        }
        received.flip();
        hand(peer);
    }

    private void hand(Peer peer) throws IOException {
        int messages = peer.received(received);
        if (peer.closeCode() >= 0 && peer.phase() == Peer.Phase.OPEN) {
            throw new LoadException("the server closed connection " + peer.index() + " with " + peer.closeCode());
        }
        if (messages > 0) {
            listener.messages(peer, messages, System.nanoTime());
        }
    }

    private void end(Peer peer) throws IOException {
        if (peer.phase() != Peer.Phase.CLOSING || peer.closeCode() != 1000) {
            throw new LoadException("connection " + peer.index() + " ended in phase " + peer.phase() + ", close code "
                    + peer.closeCode());
        }
        peer.ended();
        peers.remove(peer.index());
        listener.closed(peer);
    }

    /** Makes the closing handshake of every connection, and waits until TCP has ended. */
    void closeAll() throws IOException {
        for (Peer peer : peers.values()) {
            if (peer.phase() == Peer.Phase.OPEN) {
                peer.close();
            }
        }
        long deadline = System.nanoTime() + PATIENCE;
        while (!peers.isEmpty()) {
            pollBefore(deadline, "the closing handshakes");
        }
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : peers.values()) {
            peer.channel().close();
        }
        selector.close();
    }

    private static final class Opening {
        private final Peer peer;
        private final Upgrade upgrade = new Upgrade();

        Opening(Peer peer) {
            this.peer = peer;
        }
    }
}
