package dev.ferrule.testkit.contract;

import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.FrameDecoder;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.ResponseSpec;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other end on a plain socket: reads only when it is asked to, so that it can also be a peer that doesn't read. */
final class RawPeer implements AutoCloseable {
    private final Socket socket;
    private final Role role;
    private final FrameDecoder decoder;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private Bytes behindHead = Bytes.EMPTY;
    private HttpHead head = new HttpHead("", Fields.of(), List.of());

    private RawPeer(Socket socket, Role role) throws IOException {
        this.socket = socket;
        this.role = role;
        this.decoder = new FrameDecoder(role.peer());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Bench.PATIENCE.toMillis());
    }

    /** Connects to a server, and sends some bytes, a request for instance. */
    static RawPeer call(URI uri) throws IOException {
        Socket socket = new Socket();
        // A small window, so that a peer that doesn't read is felt soon.
        socket.setReceiveBufferSize(8192);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), (int) Bench.PATIENCE.toMillis());
        return new RawPeer(socket, Role.CLIENT);
    }

    /** Accepts the next client, and reads its request. */
    static RawPeer accept(ServerSocket listener) throws IOException {
        listener.setSoTimeout((int) Bench.PATIENCE.toMillis());
        RawPeer peer = new RawPeer(listener.accept(), Role.SERVER);
        peer.readHead();
        return peer;
    }

    /** Sends an opening handshake with what follows in the same segment, and reads the response. */
    RawPeer open(URI uri, RequestSpec request, Frame... behind) throws IOException {
        request(uri, request, behind);
        readHead();
        return this;
    }

    void request(URI uri, RequestSpec request, Frame... behind) throws IOException {
        send(new WireClient(uri).render(request).plus(encode(behind)));
    }

    /** Answers an opening handshake with what follows in the same segment. */
    RawPeer answer(ResponseSpec response, Frame... behind) throws IOException {
        String key = head.fields().all("Sec-WebSocket-Key").stream().findFirst().orElse("");
        send(response.render(key).plus(encode(behind)));
        return this;
    }

    /** The request or response that was read. */
    HttpHead head() {
        return head;
    }

    /** Reads the head that comes, or what there is of it if the stream ends. */
    HttpHead readHead() throws IOException {
        Bytes seen = Bytes.EMPTY;
        while (HttpHead.length(seen) == 0) {
            Bytes more = read();
            if (more.size() == 0) {
                return head;
            }
            seen = seen.plus(more);
        }
        int length = HttpHead.length(seen);
        head = HttpHead.parse(seen.slice(0, length));
        behindHead = seen.slice(length, seen.size());
        return head;
    }

    /** What has come behind the head, all up to the end of the stream: the body of a refusal. */
    String body() throws IOException {
        Bytes all = behindHead;
        for (Bytes more = read(); more.size() > 0; more = read()) {
            all = all.plus(more);
        }
        return all.utf8();
    }

    Bytes encode(Frame... many) {
        return Bytes.concat(
                List.of(many).stream().map(frame -> frame.encode(role)).toList());
    }

    void send(Frame... many) throws IOException {
        send(encode(many));
    }

    void send(Bytes bytes) throws IOException {
        bytes.writeTo(socket.getOutputStream());
    }

    /** The next frame must be this one, as {@link #line} shows it. */
    void expect(String frame) throws IOException {
        Check.equal(frame, line(), "frame");
    }

    /** The next frame as a line, or how the stream ended. */
    String line() throws IOException {
        try {
            Frame next = frame();
            return next == null ? "end" : show(next);
        } catch (SocketTimeoutException e) {
            return "nothing";
        } catch (SocketException e) {
            return "reset";
        }
    }

    /** Up to the end of the stream, however it comes. */
    void expectEnd() throws IOException {
        String line = line();
        Check.that(line.equals("end") || line.equals("reset"), "the stream goes on with " + line);
    }

    /** The next frame, or null at the end of the stream. */
    @Nullable
    Frame frame() throws IOException {
        if (behindHead.size() > 0) {
            frames.addAll(decoder.feed(behindHead));
            behindHead = Bytes.EMPTY;
        }
        while (frames.isEmpty()) {
            Bytes more = read();
            if (more.size() == 0) {
                return null;
            }
            frames.addAll(decoder.feed(more));
        }
        return frames.remove();
    }

    /** The payload of the next message, of one frame or more; control frames are passed over. */
    Bytes message() throws IOException {
        Bytes payload = Bytes.EMPTY;
        while (true) {
            Frame frame = frame();
            if (frame == null) {
                throw new AssertionError("the stream ended within a message");
            }
            if (!frame.control()) {
                payload = payload.plus(frame.payload());
                if (frame.fin()) {
                    return payload;
                }
            }
        }
    }

    /** How many whole frames one read brings, when it has none before. */
    int framesOfOneRead() throws IOException {
        frames.addAll(decoder.feed(read()));
        int number = frames.size();
        frames.clear();
        return number;
    }

    private Bytes read() throws IOException {
        byte[] buffer = new byte[64 << 10];
        InputStream in = socket.getInputStream();
        int n = in.read(buffer);
        return n < 0 ? Bytes.EMPTY : Bytes.copyOf(buffer, n);
    }

    private static String show(Frame frame) {
        String name = switch (frame.opcode()) {
            case 0 -> "more";
            case 1 -> "text";
            case 2 -> "binary";
            case 8 -> "close";
            case 9 -> "ping";
            case 10 -> "pong";
            default -> "opcode " + frame.opcode();
        };
        Bytes payload = frame.payload();
        String said = payload.size() > 40
                ? "of " + payload.size()
                : frame.opcode() == 8 ? close(payload) : frame.opcode() == 2 ? payload.hex() : payload.utf8();
        return (name + (frame.fin() ? " " : "+ ") + said).strip();
    }

    private static String close(Bytes payload) {
        return payload.size() < 2
                ? ""
                : (payload.at(0) << 8 | payload.at(1)) + " "
                        + payload.slice(2, payload.size()).utf8();
    }

    void finish() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** How long a read waits, instead of the bench's patience. */
    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
