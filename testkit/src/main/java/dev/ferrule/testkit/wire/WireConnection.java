package dev.ferrule.testkit.wire;

import dev.ferrule.testkit.wire.Arrival.End;
import dev.ferrule.testkit.wire.Arrival.Other;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection, plain or TLS, that writes what it is told and records all that comes.
 *
 * <p>A thread of its own reads from the first moment, so that a scenario which writes megabytes to an echo endpoint
 * can't lock up with it. Sending and waiting belong to one thread, the scenario's.
 */
public final class WireConnection implements AutoCloseable {
    private final Socket transport;
    private final Socket stream;
    private final Transcript transcript;
    /** Of the thread that reads, which is used again. */
    private static final ThreadLocal<byte[]> BUFFERS = ThreadLocal.withInitial(() -> new byte[64 * 1024]);

    private final BlockingQueue<Arrival> inbox = new LinkedBlockingQueue<>();
    private Bytes unread = Bytes.EMPTY;
    private long idleNanos = Long.MAX_VALUE;
    private Runnable idle = () -> {};
    private volatile boolean finished;

    /** The transport is the TCP socket, the stream is the same or the TLS socket above it. */
    WireConnection(Socket transport, Socket stream, Transcript transcript) throws IOException {
        this.transport = transport;
        this.stream = stream;
        this.transcript = transcript;
        transport.setTcpNoDelay(true);
        Background.run(this::readAll);
    }

    /** {@return the record of this connection} */
    public Transcript transcript() {
        return transcript;
    }

    /**
     * Writes all bytes in one write.
     *
     * @param bytes the bytes
     * @return false if the peer takes no more
     */
    public boolean send(Bytes bytes) {
        return send(bytes, Segmentation.WHOLE);
    }

    /**
     * Writes the bytes, cut as told.
     *
     * @param bytes the bytes
     * @param segmentation how they are cut
     * @return false if the peer takes no more
     */
    public boolean send(Bytes bytes, Segmentation segmentation) {
        for (Bytes part : segmentation.cut(bytes)) {
            transcript.add(Transcript.Direction.SENT, part);
            try {
                part.writeTo(stream.getOutputStream());
            } catch (IOException e) {
                transcript.note("write failed: " + e.getMessage());
                return false;
            }
        }
        return true;
    }

    /** Ends our direction with a FIN and keeps reading. */
    public void finish() {
        if (finished) {
            return;
        }
        finished = true;
        transcript.note("FIN sent");
        try {
            stream.shutdownOutput();
        } catch (IOException e) {
            transcript.note("FIN failed: " + e.getMessage());
        }
    }

    /** Drops the connection with a TCP reset. */
    public void reset() {
        transcript.note("RST sent");
        try {
            transport.setSoLinger(true, 0);
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Has somebody told when a wait turns out to be long.
     *
     * @param after how long a wait may be until then
     * @param action what to do, on the waiting thread; may be done many times
     */
    public void onIdle(Duration after, Runnable action) {
        idleNanos = after.toNanos();
        idle = action;
    }

    /** Makes one wait return {@link Other#WOKEN}; for any thread. */
    public void wake() {
        inbox.add(Other.WOKEN);
    }

    /**
     * {@return the next bytes, the end, or the reason that neither came}
     *
     * @param deadline when to give up
     * @throws InterruptedException if the thread is interrupted
     */
    public Arrival await(Deadline deadline) throws InterruptedException {
        if (unread.size() > 0) {
            Bytes bytes = unread;
            unread = Bytes.EMPTY;
            return new Arrival.Data(bytes);
        }
        long left = Math.max(0, deadline.remaining());
        Arrival arrival = inbox.poll(Math.min(left, idleNanos), TimeUnit.NANOSECONDS);
        if (arrival == null && left > idleNanos) {
            idle.run();
            arrival = inbox.poll(Math.max(0, deadline.remaining()), TimeUnit.NANOSECONDS);
        }
        if (arrival instanceof End) {
            inbox.add(arrival);
        }
        return arrival == null ? Other.TIMEOUT : arrival;
    }

    /**
     * Reads up to the empty line that ends an HTTP head. What follows it stays unread.
     *
     * @param deadline when to give up
     * @return the head, empty if it never came
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<HttpHead> awaitHead(Deadline deadline) throws InterruptedException {
        Bytes seen = Bytes.EMPTY;
        while (HttpHead.length(seen) == 0) {
            if (!(await(deadline) instanceof Arrival.Data data)) {
                unread = seen;
                return Optional.empty();
            }
            seen = seen.plus(data.bytes());
        }
        int length = HttpHead.length(seen);
        unread = seen.slice(length, seen.size());
        return Optional.of(HttpHead.parse(seen.slice(0, length)));
    }

    /** {@return whether bytes have come that nobody has read} */
    public boolean hasUnread() {
        return unread.size() > 0 || inbox.peek() instanceof Arrival.Data;
    }

    /** Closes TCP, whatever state it is in. */
    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            transcript.note("close failed: " + e.getMessage());
        }
    }

    private void readAll() {
        byte[] buffer = BUFFERS.get();
        try {
            InputStream in = stream.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                Bytes bytes = Bytes.copyOf(buffer, count);
                transcript.add(Transcript.Direction.RECEIVED, bytes);
                inbox.add(new Arrival.Data(bytes));
            }
            ended(End.FIN, "FIN received");
        } catch (SocketException e) {
            ended(End.RESET, "connection lost: " + e.getMessage());
        } catch (IOException e) {
            // A TLS peer that sends FIN without close_notify first has ended the stream all the same.
            ended(End.FIN, "end of stream: " + e.getMessage());
        }
    }

    private void ended(End end, String note) {
        transcript.note(note);
        inbox.add(end);
    }
}
