package dev.ferrule.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Thousands of clients on one thread, which do nothing but answer pings. */
final class IdlePeers implements AutoCloseable {
    private static final int PING = 0x89;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final Selector selector = Selector.open();

    private IdlePeers() throws IOException {}

    static IdlePeers open(int port, int number) throws IOException {
        IdlePeers peers = new IdlePeers();
        InetSocketAddress server = new InetSocketAddress(InetAddress.getByAddress(RawClient.LOOPBACK), port);
        byte[] request = RawClient.request(port, "/echo").getBytes(ISO_8859_1);
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open(server);
            peers.channels.add(channel);
            channel.write(ByteBuffer.wrap(request));
            head(channel);
            channel.configureBlocking(false);
            channel.register(peers.selector, SelectionKey.OP_READ);
        }
        return peers;
    }

    int number() {
        return channels.size();
    }

    private static void head(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            if (channel.read(buffer) < 0) {
                throw new IOException("not opened: " + head);
            }
            head = new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("not opened: " + head);
        }
    }

    /** Answers pings for so long; returns how many. */
    int answerFor(int seconds) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int pings = 0;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            selector.select(Math.max(1, left / 1_000_000));
            for (SelectionKey key : selector.selectedKeys()) {
                answer((SocketChannel) key.channel());
                pings++;
            }
            selector.selectedKeys().clear();
        }
        return pings;
    }

    /** There is one ping at a time, since the next waits for this one's pong. */
    private static void answer(SocketChannel channel) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(127);
        int read = channel.read(frame);
        if (read < 2 || (frame.get(0) & 0xFF) != PING || read != 2 + frame.get(1)) {
            throw new IOException("a connection that is idle got " + read + " bytes, beginning with " + frame.get(0));
        }
        byte[] payload = new byte[read - 2];
        frame.get(2, payload);
        channel.write(ByteBuffer.wrap(RawClient.frame(0x8A, payload)));
    }

    @Override
    public void close() throws IOException {
        selector.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
