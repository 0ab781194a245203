package dev.ferrule.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the hand-written server keeps of a connection: what of a frame has arrived, and what couldn't be written yet. */
final class NioConnection {
    private static final int SPARE = 4096;
    /** Who sends messages this long keeps its buffer: direct ones are slow to make. */
    private static final int LONG = 16 << 10;

    private final SocketChannel channel;
    private final SelectionKey key;
    private boolean open;
    private boolean broadcasts;
    private @Nullable ByteBuffer incomplete;
    private @Nullable ByteBuffer unwritten;

    NioConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    SocketChannel channel() {
        return channel;
    }

    boolean open() {
        return open;
    }

    boolean broadcasts() {
        return broadcasts;
    }

    /** Whether it must write before it may read. */
    boolean waits() {
        return unwritten != null;
    }

    /** What has arrived of a frame and room for the rest, else the buffer that all connections share. */
    ByteBuffer incomplete(ByteBuffer shared) {
        ByteBuffer own = incomplete;
        return own != null ? own : shared.clear();
    }

    /** Keeps what of a frame has arrived, in a buffer that is large enough for the whole of it. */
    void keep(ByteBuffer rest) {
        boolean own = incomplete != null;
        if (!rest.hasRemaining()) {
            if (own && rest.capacity() > LONG) {
                rest.clear();
            } else {
                incomplete = null;
            }
            return;
        }
        long whole = open ? NioReplies.wholeFrame(rest) : SPARE;
        if (!own || rest.capacity() < whole) {
            incomplete = ByteBuffer.allocateDirect((int) Math.max(whole, rest.remaining()) + SPARE)
                    .put(rest);
        } else {
            rest.compact();
        }
    }

    /** The response to the opening handshake, or null as long as the request isn't whole. */
    @Nullable
    ByteBuffer handshake(ByteBuffer in) {
        String head = StandardCharsets.ISO_8859_1.decode(in.duplicate()).toString();
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        in.position(in.position() + end + 4);
        open = true;
        broadcasts = head.startsWith("GET " + EchoServer.BROADCAST);
        String name = "\r\nsec-websocket-key:";
        int from = head.toLowerCase(Locale.ROOT).indexOf(name) + name.length();
        String accept = accept(head.substring(from, head.indexOf("\r\n", from)).trim());
        return StandardCharsets.ISO_8859_1.encode("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n");
    }

    private static String accept(String key) {
        try {
            byte[] bytes = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes what the connection takes, and keeps a copy of the rest. */
    void write(ByteBuffer bytes) throws IOException {
        ByteBuffer before = unwritten;
        if (before == null && bytes.hasRemaining()) {
            channel.write(bytes);
        }
        if (!bytes.hasRemaining()) {
            return;
        }
        int queued = before == null ? 0 : before.remaining();
        ByteBuffer queue = ByteBuffer.allocate(queued + bytes.remaining());
        if (before != null) {
            queue.put(before);
        }
        unwritten = queue.put(bytes).flip();
        key.interestOps(SelectionKey.OP_WRITE);
    }

    void flush() throws IOException {
        ByteBuffer queue = unwritten;
        if (queue == null) {
            return;
        }
        channel.write(queue);
        if (!queue.hasRemaining()) {
            unwritten = null;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("nio: " + e.getMessage());
        }
    }
}
