package dev.ferrule.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferrule.Limits;
import dev.ferrule.protocol.Headers;
import dev.ferrule.protocol.OpeningRequest;
import dev.ferrule.protocol.OpeningResponse;
import dev.ferrule.spi.Handshakes;
import dev.ferrule.spi.Opening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The server's end of a link before its upgrade: reads one request, in time, and writes the answer. */
final class HttpConnection implements LinkEnd.Listener {
    /** How long a client may take to read an answer and end the connection. */
    private static final long LINGER_NANOS = 1_000_000_000;

    private static final int SEGMENT = 4096;

    private final LinkEnd end;
    private final InetSocketAddress client;
    private final Handshakes handshakes;
    private final Schedule schedule;
    private final boolean secure;
    private final HttpHead.Reader reader;
    private final ByteBuffer received = ByteBuffer.allocate(SEGMENT).limit(0);
    private volatile @Nullable Future<?> timer;
    private boolean requested;
    private boolean answered;
    private volatile Runnable lost = () -> {};

    /** What is being written, and what happens then. */
    private final ByteBuffer[] sending = {ByteBuffer.allocate(0)};

    private Runnable sent = () -> {};

    HttpConnection(Link link, Handshakes handshakes, Schedule schedule, boolean secure) {
        Limits limits = handshakes.options().limits();
        this.end = link.server();
        this.client = new InetSocketAddress(InetAddress.getLoopbackAddress(), link.clientPort());
        this.handshakes = handshakes;
        this.schedule = schedule;
        this.secure = secure;
        this.reader = new HttpHead.Reader(limits.requestHeadBytes(), limits.requestHeadFields());
    }

    void begin() {
        end.listener(this);
        // However slowly it drips (HS-8).
        expireIn(handshakes.options().limits().handshakeTimeout().toNanos());
        end.awaitReadable();
    }

    InetSocketAddress client() {
        return client;
    }

    boolean secure() {
        return secure;
    }

    Schedule schedule() {
        return schedule;
    }

    // ------------------------------------------------------------------ the request

    @Override
    public void readable() {
        try {
            while (!requested) {
                int n = end.read(received.clear());
                received.flip();
                if (n <= 0) {
                    await(n);
                    return;
                }
                if (reader.read(received)) {
                    requested(request(reader.head()));
                }
            }
            if (answered) {
                drain();
            }
        } catch (HttpHead.MalformedException e) {
            requested = true;
            answer(e.status(), Headers.empty(), (e.getMessage() + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            drop();
        }
    }

    private void await(int read) {
        if (read < 0) {
            drop();
        } else {
            end.awaitReadable();
        }
    }

    private void requested(OpeningRequest request) {
        requested = true;
        cancelTimer();
        handshakes.handle(new HttpExchange(this, request));
    }

    private static OpeningRequest request(HttpHead head) throws HttpHead.MalformedException {
        String[] parts = head.startLine().split(" ", -1);
        if (parts.length != 3 || !parts[2].matches("HTTP/[0-9]\\.[0-9]") || parts[1].isEmpty()) {
            throw new HttpHead.MalformedException(400, "the first line is no request line (RFC 9112 section 3)");
        }
        return new OpeningRequest(parts[0], parts[2], parts[1], head.fields());
    }

    // ------------------------------------------------------------------ the answer

    /** Answers without an upgrade, and ends the connection behind that. */
    void answer(int status, Headers headers, byte[] body) {
        Headers.Builder fields = Headers.builder().addAll(headers);
        if (status != 204 && status != 304) {
            fields.add("Content-Length", Integer.toString(body.length));
        }
        byte[] head = OpeningResponse.of(
                        status, fields.add("Connection", "close").build())
                .toBytes();
        expireIn(handshakes.options().limits().writeTimeout().toNanos());
        send(ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip(), () -> {
            end.shutdownOutput();
            expireIn(LINGER_NANOS);
            answered = true;
            drain();
        });
    }

    /** Sends the 101, and hands the connection over with what has come behind the request. */
    void upgrade(Headers headers, Opening opening) {
        AtomicBoolean settled = new AtomicBoolean();
        lost = () -> {
            if (settled.compareAndSet(false, true)) {
                opening.lost();
            }
        };
        expireIn(handshakes.options().limits().writeTimeout().toNanos());
        send(ByteBuffer.wrap(OpeningResponse.of(101, headers).toBytes()), () -> {
            cancelTimer();
            if (settled.compareAndSet(false, true)) {
                UpgradedStream stream = new UpgradedStream(end, schedule, received);
                stream.bind(opening.overBytes(stream));
            }
        });
    }

    private void send(ByteBuffer bytes, Runnable then) {
        sending[0] = bytes;
        sent = then;
        // Not on the stack of whoever has decided.
        schedule.execute(this::writable);
    }

    @Override
    public void writable() {
        try {
            end.write(sending, 1);
            if (sending[0].hasRemaining()) {
                end.awaitWritable();
            } else {
                sent.run();
            }
        } catch (IOException e) {
            drop();
        }
    }

    /** What the client still sends would make the end a reset, and take the answer from it. */
    private void drain() {
        try {
            int n;
            do {
                n = end.read(received.clear());
            } while (n > 0);
            await(n);
        } catch (IOException e) {
            drop();
        }
    }

    private void expireIn(long nanos) {
        cancelTimer();
        timer = schedule.schedule(this::drop, nanos);
    }

    private void cancelTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
            timer = null;
        }
    }

    private void drop() {
        cancelTimer();
        end.close();
        lost.run();
    }
}
