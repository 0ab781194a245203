package dev.ferrule;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection as reactive streams ({@link Flow}): its messages are published as a subscriber asks for them, and what a
 * publisher sends is asked for as the transport takes it. Adapters of reactive libraries connect to both.
 *
 * <pre>{@code
 * Ferrule.server().route("/echo", FlowConnection.endpoint(
 *         connection -> connection.messages().subscribe(connection.sender())));
 * }</pre>
 *
 * <p>What a subscriber asks for is asked of the connection ({@link Connection#demand}): the peer feels it when nobody asks.
 * Its methods are called one at a time, on the threads on which callbacks run; one that throws ends the connection with 1011.
 */
public final class FlowConnection {
    private static final String KEY = FlowConnection.class.getName();

    private final Connection connection;
    private final MessagePublisher messages;
    private final MessageSubscriber sender;

    private FlowConnection(Connection connection) {
        this.connection = connection;
        this.messages = new MessagePublisher(connection);
        this.sender = new MessageSubscriber(connection);
    }

    /**
     * An endpoint whose connections are streams.
     *
     * @param opened gets each connection as it opens, and must not block; it may subscribe later, too
     * @return for any number of connections
     */
    public static Endpoint endpoint(Consumer<FlowConnection> opened) {
        return new View(opened);
    }

    /**
     * Opens a connection.
     *
     * @param client opens it
     * @param request where to, and with what
     * @return completes as that of {@link Client#connect(ConnectRequest, Endpoint)}
     */
    public static CompletionStage<FlowConnection> connect(Client client, ConnectRequest request) {
        return client.connect(request, new View(opened -> {})).thenApply(FlowConnection::of);
    }

    /**
     * The messages that come. It takes one subscriber, whenever that is; a further one gets an {@link IllegalStateException}.
     * The stream completes when the connection has been closed cleanly, and fails with an {@link java.io.IOException} that
     * tells of the close event if it ended otherwise. Who cancels closes the connection with 1000.
     *
     * @return the publisher of this connection
     */
    public Flow.Publisher<Message> messages() {
        return messages;
    }

    /**
     * Sends what a publisher gives, one message after the other: asks for the next when the transport has taken the one
     * before. When the publisher completes the connection is closed with 1000; when it fails, with 1011. When the connection
     * ends, the subscription is cancelled. It takes one subscription.
     *
     * @return the subscriber of this connection
     */
    public Flow.Subscriber<Message> sender() {
        return sender;
    }

    /**
     * The connection that this is a view of: for what has no method here. Its demand is this view's.
     *
     * @return the connection
     */
    public Connection connection() {
        return connection;
    }

    private static FlowConnection of(Connection connection) {
        if (connection.attributes().get(KEY) instanceof FlowConnection view) {
            return view;
        }
        throw new IllegalStateException("the attribute " + KEY + " is gone");
    }

    /** The callbacks of any number of connections. */
    private record View(Consumer<FlowConnection> opened) implements Endpoint {
        @Override
        public void onOpen(Connection connection) {
            FlowConnection view = new FlowConnection(connection);
            connection.attributes().put(KEY, view);
            connection.demand(0);
            opened.accept(view);
        }

        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) {
            return of(connection).messages.received(Message.text(text));
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) {
            return of(connection).messages.received(Message.copyOf(data));
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            FlowConnection view = of(connection);
            view.messages.closed(event);
            view.sender.closed();
        }
    }
}
