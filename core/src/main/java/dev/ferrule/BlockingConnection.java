package dev.ferrule;

import dev.ferrule.protocol.CloseCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection for a thread that may wait, a virtual thread for instance: {@link #receive()} waits for the next message or
 * the end of the connection, {@link #send} until the transport has taken the message.
 *
 * <pre>{@code
 * Executor threads = Executors.newVirtualThreadPerTaskExecutor();
 * Ferrule.server().route("/echo", BlockingConnection.endpoint(connection -> {
 *     for (Message message; (message = connection.receive()) != null; ) {
 *         connection.send(message);
 *     }
 * }, threads));
 * }</pre>
 *
 * <p>One message is read ahead, and no other before it has been received: a handler that is slow slows its peer down. Any
 * thread may call any method; none belongs into a callback of an {@link Endpoint}, which would hold up its own connection. A
 * thread that is interrupted while it waits gets an {@link InterruptedException}, and the connection stays as it is.
 */
public final class BlockingConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ferrule.connection");

    /** What a thread does with a connection. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Serves one connection; when it returns the connection is closed with 1000, if it is open then.
         *
         * @param connection open, though its peer may already be leaving
         * @throws Exception whatever went wrong: it is logged, and the connection closed with 1011
         */
        void handle(BlockingConnection connection) throws Exception;
    }

    private final Connection connection;
    /** The message that was read ahead; empty stands for the end, and stays. */
    private final BlockingQueue<Optional<Message>> received = new LinkedBlockingQueue<>();

    private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
    /** One message after another, so that those who wait never fill the queue. */
    private final ReentrantLock sending = new ReentrantLock();

    private volatile boolean discarding;

    private BlockingConnection(Connection connection) {
        this.connection = connection;
    }

    /**
     * An endpoint that gives each of its connections to a handler, on a thread of its own.
     *
     * @param handler serves one connection
     * @param threads starts a thread for each, as {@code Executors.newVirtualThreadPerTaskExecutor()} does
     * @return for any number of connections
     */
    public static Endpoint endpoint(Handler handler, Executor threads) {
        return new View(view -> threads.execute(() -> view.serve(handler)));
    }

    /**
     * Opens a connection and waits until it is open.
     *
     * @param client opens it
     * @param request where to, and with what
     * @return the open connection
     * @throws HandshakeException if it could not be opened
     * @throws InterruptedException if the thread is interrupted; a connection that opens later is closed
     */
    public static BlockingConnection connect(Client client, ConnectRequest request)
            throws HandshakeException, InterruptedException {
        CompletableFuture<BlockingConnection> opened = new CompletableFuture<>();
        CompletableFuture<?> connected = client.connect(request, new View(view -> {
                    if (!opened.complete(view)) {
                        view.end(CloseCode.GOING_AWAY);
                    }
                }))
                .toCompletableFuture();
        try {
            connected.get();
            return opened.join();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HandshakeException failed) {
                throw failed;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            if (!opened.completeExceptionally(e)) {
                opened.join().end(CloseCode.GOING_AWAY);
            }
            throw e;
        }
    }

    /**
     * Waits for the next message.
     *
     * @return the message, the caller's own; or {@code null} when the connection has ended, and {@link #awaitClosed()} says how
     * @throws InterruptedException if the thread is interrupted
     */
    public @Nullable Message receive() throws InterruptedException {
        Optional<Message> next = received.take();
        if (next.isEmpty()) {
            received.add(next);
            return null;
        }
        connection.demand(1);
        return next.get();
    }

    /**
     * Sends a message and waits until the transport has taken it. Of several threads one waits for the other.
     *
     * @param message the message; its buffer is the caller's again when this returns normally
     * @throws SendException if it was not sent: the connection is not open, or ended meanwhile
     * @throws InterruptedException if the thread is interrupted; the message may be sent all the same
     * @throws IllegalArgumentException if a text has an unpaired surrogate
     */
    public void send(Message message) throws InterruptedException {
        sending.lockInterruptibly();
        try {
            connection.sendAsync(message).toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SendException failed) {
                throw new SendException(failed.reason(), String.valueOf(failed.getMessage()), failed);
            }
            throw new CompletionException(e.getCause());
        } finally {
            sending.unlock();
        }
    }

    /**
     * Sends a text message: {@link #send(Message)}.
     *
     * @param text the message
     * @throws SendException if it was not sent
     * @throws InterruptedException if the thread is interrupted
     * @throws IllegalArgumentException if it has an unpaired surrogate
     */
    public void send(String text) throws InterruptedException {
        send(Message.text(text));
    }

    /**
     * Closes, and waits until the connection has ended; messages that were not received are discarded.
     *
     * @param code a code that {@link CloseCode#sendable} allows
     * @param reason at most 123 bytes of UTF-8
     * @return how it has ended
     * @throws InterruptedException if the thread is interrupted; the connection ends all the same
     * @throws IllegalArgumentException as {@link Connection#close(CloseCode, String)}
     */
    public CloseEvent close(CloseCode code, String reason) throws InterruptedException {
        connection.close(code, reason);
        discard();
        return awaitClosed();
    }

    /** Closes with 1000 and waits until the connection has ended. If the thread is interrupted, the connection is dropped. */
    @Override
    public void close() {
        try {
            CloseEvent unused = close(CloseCode.NORMAL_CLOSURE, "");
        } catch (InterruptedException e) {
            connection.abort();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the connection has ended. Whoever waits here without receiving waits as long as the peer has messages.
     *
     * @return how
     * @throws InterruptedException if the thread is interrupted
     */
    public CloseEvent awaitClosed() throws InterruptedException {
        try {
            return closed.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * The connection that this is a view of: for what has no method here. Its demand is this view's.
     *
     * @return the connection
     */
    public Connection connection() {
        return connection;
    }

    private void serve(Handler handler) {
        try {
            handler.handle(this);
            end(CloseCode.NORMAL_CLOSURE);
        } catch (Throwable t) {
            if (connection.state() == Connection.State.OPEN || !(t instanceof SendException)) {
                LOG.error("connection {}: handler threw", connection.id(), t);
            }
            end(CloseCode.INTERNAL_ERROR);
        }
    }

    private void end(CloseCode code) {
        connection.close(code);
        discard();
    }

    /** Nobody receives any more, but behind what comes there is the peer's Close. */
    private void discard() {
        discarding = true;
        connection.demand(Long.MAX_VALUE);
    }

    private void take(Message message) {
        if (!discarding) {
            received.add(Optional.of(message));
        }
    }

    /** The callbacks of any number of connections. */
    private record View(Begin begin) implements Endpoint {
        private static final String KEY = BlockingConnection.class.getName();

        /** What happens to a connection that has opened. */
        private interface Begin {
            void begin(BlockingConnection view);
        }

        private static BlockingConnection of(Connection connection) throws IOException {
            if (connection.attributes().get(KEY) instanceof BlockingConnection view) {
                return view;
            }
            throw new IOException("the attribute " + KEY + " is gone");
        }

        @Override
        public void onOpen(Connection connection) {
            BlockingConnection view = new BlockingConnection(connection);
            connection.attributes().put(KEY, view);
            connection.demand(1);
            begin.begin(view);
        }

        @Override
        public @Nullable CompletionStage<?> onText(Connection connection, String text) throws IOException {
            of(connection).take(Message.text(text));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(Connection connection, ByteBuffer data) throws IOException {
            of(connection).take(Message.copyOf(data));
            return null;
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) throws IOException {
            BlockingConnection view = of(connection);
            view.closed.complete(event);
            view.received.add(Optional.empty());
        }
    }
}
