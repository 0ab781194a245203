package dev.ferrule.jdk;

import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.FrameDecoder;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.ResponseSpec;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireConnection;
import dev.ferrule.testkit.wire.WireServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;

/** A server of raw sockets with one connection at a time. */
final class Peer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WireServer server;
    private final FrameDecoder decoder = new FrameDecoder(Role.CLIENT);
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private WireConnection connection;
    private String key;

    Peer(boolean secure) throws IOException {
        server = secure ? WireServer.listenSecurely() : WireServer.listen();
    }

    Peer() throws IOException {
        this(false);
    }

    URI uri() {
        return server.uri("/echo?a=b%20c");
    }

    /** Takes the connection and its request. */
    HttpHead request() throws Exception {
        connection = server.accept(PATIENCE);
        HttpHead head = connection.awaitHead(Deadline.in(PATIENCE)).orElseThrow();
        key = head.fields().all("Sec-WebSocket-Key").get(0);
        return head;
    }

    /** Answers the request, with frames in the same segment. */
    void respond(ResponseSpec response, Frame... behind) {
        Bytes bytes = response.render(key);
        for (Frame frame : behind) {
            bytes = bytes.plus(frame.encode(Role.SERVER));
        }
        connection.send(bytes);
    }

    void open(Frame... behind) throws Exception {
        request();
        respond(ResponseSpec.CORRECT, behind);
    }

    void send(Frame... sent) {
        Bytes bytes = Bytes.EMPTY;
        for (Frame frame : sent) {
            bytes = bytes.plus(frame.encode(Role.SERVER));
        }
        connection.send(bytes);
    }

    WireConnection wire() {
        return connection;
    }

    /** The next frame, or null if the client has ended TCP. */
    Frame frame() throws InterruptedException {
        while (frames.isEmpty()) {
            Arrival arrival = connection.await(Deadline.in(PATIENCE));
            if (arrival instanceof Arrival.Data data) {
                frames.addAll(decoder.feed(data.bytes()));
            } else if (arrival instanceof Arrival.End) {
                return null;
            } else {
                throw new AssertionError("nothing came");
            }
        }
        return frames.remove();
    }

    /** The payload of the next data message, put together. */
    byte[] message() throws InterruptedException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            Frame frame = frame();
            if (frame == null) {
                throw new AssertionError("end of stream instead of a message");
            }
            if (!Opcode.isControl(frame.opcode())) {
                message.writeBytes(frame.payload().toArray());
                if (frame.fin()) {
                    return message.toByteArray();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
        server.close();
    }
}
