package dev.ferrule.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection of the load. */
final class Peer {
    /** How far it is. */
    enum Phase {
        CONNECTING,
        UPGRADING,
        OPEN,
        CLOSING,
        ENDED
    }

    /** An empty Pong: whether its payload fits is not what is measured. */
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
    /** 0x03E8, which is 1000, masked. */
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x82, 0x11, 0, 0, 0, 0x12, (byte) 0xE8};

    private final int index;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final EchoReader reader;
    private final Train train;
    private final long[] sentAt;
    private Phase phase = Phase.CONNECTING;
    private long owed;
    private int offset;
    private int oldest;
    private int outstanding;

    Peer(int index, SocketChannel channel, SelectionKey key, EchoReader reader, Train train, int inFlight) {
        this.index = index;
        this.channel = channel;
        this.key = key;
        this.reader = reader;
        this.train = train;
        this.sentAt = new long[inFlight];
    }

    int index() {
        return index;
    }

    Phase phase() {
        return phase;
    }

    SocketChannel channel() {
        return channel;
    }

    int closeCode() {
        return reader.closeCode();
    }

    /** Messages that were sent and haven't come back. */
    int outstanding() {
        return outstanding;
    }

    void request(ByteBuffer request) throws IOException {
        channel.finishConnect();
        write(request, "the request");
        phase = Phase.UPGRADING;
        key.interestOps(SelectionKey.OP_READ);
    }

    void opened() {
        phase = Phase.OPEN;
    }

    void ended() throws IOException {
        phase = Phase.ENDED;
        channel.close();
    }

    /** Sends messages that echoes are expected of. */
    void send(int messages, long now) throws IOException {
        for (int i = 0; i < messages; i++) {
            sentAt[(oldest + outstanding++) % sentAt.length] = now;
        }
        sendOnly(messages);
    }

    /** Sends messages that nobody waits for here. */
    void sendOnly(int messages) throws IOException {
        boolean idle = owed == 0;
        owed += (long) messages * train.messageBytes();
        if (idle) {
            flush();
        }
    }

    void flush() throws IOException {
        while (owed > 0) {
            ByteBuffer next = train.from(offset, owed);
            int wanted = next.remaining();
            int n = channel.write(next);
            owed -= n;
            offset = (offset + n) % train.messageBytes();
            if (n < wanted) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
        }
        if ((key.interestOps() & SelectionKey.OP_WRITE) != 0) {
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** Takes what has arrived; says how many messages ended with it. */
    int received(ByteBuffer in) throws IOException {
        int messages = reader.read(in);
        if (owed == 0 && phase == Phase.OPEN && reader.takePinged()) {
            write(ByteBuffer.wrap(PONG), "a Pong");
        }
        return messages;
    }

    /** When the message was sent whose echo has come. */
    long echoed() throws LoadException {
        if (outstanding == 0) {
            throw new LoadException("an echo of nothing came on connection " + index);
        }
        long then = sentAt[oldest];
        oldest = (oldest + 1) % sentAt.length;
        outstanding--;
        return then;
    }

    void close() throws IOException {
        if (owed > 0) {
            throw new LoadException("connection " + index + " has " + owed + " bytes to send when it is to close");
        }
        write(ByteBuffer.wrap(CLOSE), "a Close");
        phase = Phase.CLOSING;
    }

    /** Small things on an idle connection always fit. */
    private void write(ByteBuffer bytes, String what) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new LoadException("connection " + index + " doesn't take " + what);
        }
        bytes.rewind();
    }
}
