package dev.ferrule.memory;

import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Limits;
import dev.ferrule.Message;
import dev.ferrule.protocol.CloseCode;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection to the endpoint that is being tested: keeps what comes until the test takes it. Made by
 * {@link Network#connect}, or by {@link Network#peer()} for a route or a client of one's own; it has one connection.
 *
 * <p>Its methods that take something let time pass until it has come, at most a minute of virtual time; if something else
 * comes first, or nothing, they throw an {@link AssertionError} that says so. They belong to the thread of the test.
 */
public final class Peer implements Endpoint {
    /** Far beyond what an endpoint under test sends, so that its limits are the ones that count. */
    static final Limits LIMITS = Limits.builder()
            .messageBytes(64 << 20)
            .frameBytes(64 << 20)
            .fragments(1 << 20)
            .controlFramesPerSecond(1 << 20)
            .controlFrameBurst(1 << 20)
            .build();

    private final Network network;
    private final ArrayDeque<Message> received = new ArrayDeque<>();
    private @Nullable Connection connection;
    private @Nullable Link link;
    private @Nullable CloseEvent closed;

    Peer(Network network) {
        this.network = network;
    }

    // ------------------------------------------------------------------ for tests

    /**
     * The peer's own end of the connection: for what has no method here, such as {@code ping} or {@code demand}.
     *
     * @return the connection, once it is open
     */
    public Connection connection() {
        Connection open = connection;
        if (open == null) {
            network.time().await(() -> connection != null, network.deadline());
            open = connection;
        }
        if (open == null) {
            throw new AssertionError("the peer has no connection, after " + Network.PATIENCE + " of virtual time");
        }
        return open;
    }

    /**
     * What the bytes of the connection go over.
     *
     * @return its link, open or over
     */
    public Link link() {
        connection();
        Link found = link;
        if (found == null) {
            throw new AssertionError("the peer's connection has no link: it is on another network");
        }
        return found;
    }

    /**
     * Sends a text message.
     *
     * @param text the message
     */
    public void send(String text) {
        connection().send(text);
    }

    /**
     * Sends a binary message.
     *
     * @param data the message; the caller's again when this returns
     */
    public void send(ByteBuffer data) {
        connection().send(data);
    }

    /**
     * Takes the next message, which must be a text.
     *
     * @return the text
     */
    public String text() {
        Message message = next();
        if (message instanceof Message.Text text) {
            return text.text();
        }
        throw new AssertionError(
                "a binary message of " + message.payload().remaining() + " bytes came, and not a text");
    }

    /**
     * Takes the next message, which must be binary.
     *
     * @return a copy
     */
    public ByteBuffer binary() {
        Message message = next();
        if (message instanceof Message.Text text) {
            throw new AssertionError("the text '" + text.text() + "' came, and not a binary message");
        }
        return message.payload();
    }

    /**
     * What has come and was not taken. No time passes; {@link Network#settle()} brings in what is on its way.
     *
     * @return a copy, in order
     */
    public List<Message> waiting() {
        return List.copyOf(received);
    }

    /**
     * How the connection has ended. Messages that have come before may still be taken.
     *
     * @return its close event
     */
    public CloseEvent closed() {
        network.time().await(() -> closed != null, network.deadline());
        CloseEvent event = closed;
        if (event == null) {
            throw new AssertionError("the connection is still open, after " + Network.PATIENCE + " of virtual time");
        }
        return event;
    }

    /**
     * Closes with 1000 and lets time pass until the connection has ended.
     *
     * @return its close event
     */
    public CloseEvent close() {
        return close(CloseCode.NORMAL_CLOSURE, "");
    }

    /**
     * Closes and lets time pass until the connection has ended.
     *
     * @param code one that the peer's role may send
     * @param reason at most 123 bytes of UTF-8
     * @return its close event
     */
    public CloseEvent close(CloseCode code, String reason) {
        connection().close(code, reason);
        return closed();
    }

    private Message next() {
        network.time().await(() -> !received.isEmpty() || closed != null, network.deadline());
        Message message = received.poll();
        if (message == null) {
            CloseEvent event = closed;
            throw new AssertionError(
                    event == null
                            ? "no message has come, after " + Network.PATIENCE + " of virtual time"
                            : "no message has come before the end of the connection: " + event);
        }
        return message;
    }

    // ------------------------------------------------------------------ the endpoint

    @Override
    public void onOpen(Connection opened) {
        if (connection != null) {
            throw new IllegalStateException("a peer has one connection, and this one has its second");
        }
        connection = opened;
        if (opened.request().remoteAddress() instanceof InetSocketAddress client) {
            link = network.links().stream()
                    .filter(each -> each.clientPort() == client.getPort())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** As a client: this is what the connection will go over. */
    void dialled(@Nullable Link dialled) {
        link = dialled;
    }

    @Override
    public @Nullable CompletionStage<?> onText(Connection from, String text) {
        received.add(Message.text(text));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(Connection from, ByteBuffer data) {
        received.add(Message.binary(
                ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip()));
        return null;
    }

    @Override
    public void onClose(Connection from, CloseEvent event) {
        if (from.equals(connection)) {
            closed = event;
        }
    }
}
