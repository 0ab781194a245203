package dev.ferrule.memory;

import dev.ferrule.ConnectRequest;
import dev.ferrule.HandshakeException;
import dev.ferrule.Limits;
import dev.ferrule.protocol.ClientHandshake;
import dev.ferrule.protocol.HandshakeKey;
import dev.ferrule.protocol.OpeningResponse;
import dev.ferrule.protocol.WebSocketUri;
import dev.ferrule.spi.ClientOpening;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One opening handshake: it ends with a connection, with a failure, or by being abandoned, whichever comes first. */
final class OpeningHandshake implements LinkEnd.Listener {
    private static final SecureRandom KEYS = new SecureRandom();
    private static final int SEGMENT = 4096;
    /** So much of the body of a refusal is handed out. */
    private static final int MAX_BODY = 8192;

    private final ClientOpening opening;
    private final Limits limits;
    private final Schedule schedule;
    private final Consumer<OpeningHandshake> done;
    private final String key = HandshakeKey.random(KEYS);
    private final AtomicBoolean settled = new AtomicBoolean();
    private final ByteBuffer received = ByteBuffer.allocate(SEGMENT).limit(0);
    private final ByteBuffer[] request = new ByteBuffer[1];
    private volatile @Nullable LinkEnd end;
    private HttpHead.Reader reader;
    /** The head of a refusal whose body is being read. */
    private @Nullable OpeningResponse refusal;

    private ByteBuffer body = ByteBuffer.allocate(0);

    OpeningHandshake(ClientOpening opening, Limits limits, Schedule schedule, Consumer<OpeningHandshake> done) {
        this.opening = opening;
        this.limits = limits;
        this.schedule = schedule;
        this.done = done;
        this.reader = newReader();
    }

    private HttpHead.Reader newReader() {
        return new HttpHead.Reader(limits.requestHeadBytes(), limits.requestHeadFields());
    }

    void begin(Switchboard switchboard) {
        ConnectRequest asked = opening.request();
        WebSocketUri uri = WebSocketUri.parse(asked.uri().toString());
        try {
            request[0] = ByteBuffer.wrap(
                    ClientHandshake.request(uri, key, asked.subprotocols(), opening.extensions(), asked.headers())
                            .toBytes());
            LinkEnd dialled =
                    switchboard.dial(uri.host(), uri.port(), uri.secure()).client();
            dialled.listener(this);
            end = dialled;
            schedule.execute(() -> {
                writable();
                dialled.awaitReadable();
            });
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void writable() {
        LinkEnd dialled = end;
        try {
            if (dialled != null) {
                dialled.write(request, 1);
                if (request[0].hasRemaining()) {
                    dialled.awaitWritable();
                }
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    // ------------------------------------------------------------------ the response

    @Override
    public void readable() {
        LinkEnd dialled = end;
        try {
            if (dialled != null) {
                read(dialled);
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void read(LinkEnd dialled) throws IOException {
        while (!settled.get()) {
            int n = dialled.read(received.clear());
            received.flip();
            if (n == 0) {
                dialled.awaitReadable();
                return;
            }
            if (refusal != null) {
                body(n);
            } else if (n < 0) {
                throw new EOFException("the connection was closed before a whole response");
            } else {
                heads(dialled);
            }
        }
    }

    private void heads(LinkEnd dialled) throws IOException {
        while (refusal == null && reader.read(received)) {
            OpeningResponse response = response(reader.head());
            if (response.status() == 101) {
                upgraded(dialled, response);
                return;
            }
            if (response.status() >= 200) {
                refused(response);
                body(0);
            }
            // Else an interim response: another follows (RFC 9110 section 15.2).
            reader = newReader();
        }
    }

    private static OpeningResponse response(HttpHead head) throws IOException {
        String[] parts = head.startLine().split(" ", 3);
        if (parts.length < 2 || !parts[0].matches("HTTP/[0-9]\\.[0-9]") || !parts[1].matches("[1-9][0-9][0-9]")) {
            throw new IOException("the response begins with no status line (RFC 9112 section 4)");
        }
        return new OpeningResponse(parts[0], Integer.parseInt(parts[1]), head.fields());
    }

    private void upgraded(LinkEnd dialled, OpeningResponse response) throws IOException {
        ClientHandshake.Result result =
                ClientHandshake.check(response, key, opening.request().subprotocols(), opening.extensions());
        if (result instanceof ClientHandshake.Failed failed) {
            throw new HandshakeException(failed.reason(), response.status(), response.headers(), new byte[0]);
        }
        if (result instanceof ClientHandshake.Accepted accepted) {
            opening.agreed(accepted.subprotocol(), accepted.extensions());
        }
        if (settle()) {
            UpgradedStream stream = new UpgradedStream(dialled, schedule, received);
            stream.bind(opening.overBytes(stream));
        }
    }

    private void refused(OpeningResponse response) {
        refusal = response;
        String length = response.headers().first("Content-Length");
        // Of a body in chunks nothing is handed out.
        boolean chunked = response.headers().contains("Transfer-Encoding");
        boolean short4 = length != null && length.matches("[0-9]{1,4}");
        body = ByteBuffer.allocate(chunked ? 0 : short4 ? Math.min(Integer.parseInt(length), MAX_BODY) : MAX_BODY);
    }

    /** Takes what has come of the body, and is done when it has all come, or as much of it as is handed out. */
    private void body(int read) {
        body.put(received.limit(Math.min(received.limit(), received.position() + body.remaining())));
        OpeningResponse response = refusal;
        if ((read < 0 || !body.hasRemaining()) && response != null && settle()) {
            drop();
            byte[] bytes = new byte[body.position()];
            body.get(0, bytes);
            opening.refused(response.status(), response.headers(), bytes);
        }
    }

    // ------------------------------------------------------------------ its end

    /** Drops the connection, whatever the handshake has come to. */
    void abandon() {
        failed(new IOException("the opening handshake was abandoned"));
    }

    private void failed(Exception cause) {
        if (settle()) {
            drop();
            // Not on the stack of whoever connects.
            schedule.execute(() -> opening.failed(cause));
        }
    }

    private void drop() {
        LinkEnd dialled = end;
        if (dialled != null) {
            dialled.close();
        }
    }

    private boolean settle() {
        done.accept(this);
        return settled.compareAndSet(false, true);
    }
}
