package dev.ferrule;

import dev.ferrule.protocol.Role;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees what happens on all connections of a server or client, for metrics and diagnosis: set by
 * {@link ServerBuilder#observe} and {@link ClientBuilder#observe}. Implement those methods that you need. Without an observer
 * none of this costs anything.
 *
 * <p><b>Threads.</b> Methods are called on whatever thread it happens, the engine's own among them, and for one connection at
 * the same time: they must be quick, must not block, and must not send. What they throw is logged and changes nothing.
 *
 * <p><b>Order.</b> For one connection {@link #opened} comes first, before its {@code onOpen}, and {@link #closed} once,
 * behind its {@code onClose}. The events of sending may come before the one and behind the other by the time that they take.
 *
 * <p>For the depth of queues as a gauge, ask {@link Connection#queuedMessages()} and {@link Connection#queuedBytes()}.
 */
public interface Observer {
    /**
     * A connection is open.
     *
     * @param connection the connection
     */
    default void opened(Connection connection) {}

    /**
     * A connection has ended.
     *
     * @param connection the connection
     * @param event how, and why
     */
    default void closed(Connection connection, CloseEvent event) {}

    /**
     * An opening handshake has failed: a server has refused it, or to a client it was refused or went wrong.
     *
     * @param refusal what is known of it
     */
    default void refused(Refusal refusal) {}

    /**
     * A message has been received whole, and is about to be delivered; with partial delivery the last piece of it.
     *
     * @param connection where it came from
     * @param text whether it is a text
     * @param bytes its payload
     */
    default void received(Connection connection, boolean text, long bytes) {}

    /**
     * A message has been accepted for sending.
     *
     * @param connection where it goes
     * @param text whether it is a text
     * @param bytes its payload
     */
    default void sent(Connection connection, boolean text, long bytes) {}

    /**
     * A message has found no room in the send queue. What becomes of it is up to the {@link SendPolicy}.
     *
     * @param connection whose queue is full
     * @param bytes the payload of the message
     */
    default void queueFull(Connection connection, long bytes) {}

    /**
     * The {@link SendPolicy} has dropped a message.
     *
     * @param connection on which it would have been sent
     * @param bytes the payload of the message
     */
    default void dropped(Connection connection, long bytes) {}

    /**
     * A Pong has answered a Ping of the application's or of the heartbeat.
     *
     * @param connection where it came from
     * @param roundTrip the time between the two
     */
    default void pong(Connection connection, Duration roundTrip) {}

    /**
     * An opening handshake that has failed.
     *
     * @param role the end that reports it
     * @param status of the HTTP response, 0 if there was none
     * @param path of the request, without the query: chosen by whoever asks, so no tag for metrics
     * @param remoteAddress where the request came from, or {@code null} if that isn't known, or on a client
     * @param reason why, for a log
     */
    record Refusal(
            Role role, int status, String path, @Nullable SocketAddress remoteAddress, String reason) {}
}
