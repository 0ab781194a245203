package dev.ferrule;

import dev.ferrule.protocol.CloseCode;
import dev.ferrule.protocol.Extension;
import dev.ferrule.protocol.Role;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection (RFC 6455), of either role, on any engine.
 *
 * <p><b>Threads.</b> Every method may be called from any thread at any time and never blocks, but for {@code send} where
 * {@link SendPolicy#block} was chosen. No callback and no completion runs on the caller's stack.
 *
 * <p><b>Sending.</b> Messages leave in the order in which they were accepted, whole. What is sent while messages of a
 * read are handled leaves together when the read is done, in one write, or at {@link #flush()}; what is sent elsewhere
 * leaves at once, and so does a binary message of more than 8 KiB that {@code send} gets, since waiting would take a
 * copy of it. The queue is bounded by {@link Limits#queueMessages()} and {@link Limits#queueBytes()}, but an empty
 * queue takes one message of any size; what becomes of a message for which there is no room is up to the
 * {@link SendPolicy}. While the queue is half full, no further message is delivered to the endpoint, so that an
 * endpoint that answers each message with one no longer than it never overruns it.
 *
 * <p><b>Text</b> must have no unpaired surrogate, which UTF-8 can't express: {@link IllegalArgumentException}, and nothing
 * is sent.
 */
public interface Connection {
    /** The states of a connection after its opening handshake. */
    enum State {
        /** Messages can be sent and received. */
        OPEN,
        /** The closing handshake has begun: nothing more can be sent. */
        CLOSING,
        /** The connection has ended. */
        CLOSED
    }

    /**
     * Sends a text message.
     *
     * @param text the message
     * @throws SendException if the message was not accepted: the connection is not open, or its queue is full
     * @throws IllegalArgumentException if the text has an unpaired surrogate
     */
    void send(String text);

    /**
     * Sends a binary message.
     *
     * @param data the message, from its position to its limit; the caller's again when this returns, unchanged
     * @throws SendException if the message was not accepted: the connection is not open, or its queue is full
     */
    void send(ByteBuffer data);

    /**
     * Sends a message. One message object that is sent on many connections is encoded once.
     *
     * @param message the message; its buffer is the caller's again when this returns
     * @throws SendException if the message was not accepted: the connection is not open, or its queue is full
     * @throws IllegalArgumentException if a text has an unpaired surrogate
     */
    void send(Message message);

    /**
     * Sends a message if it can be accepted. Never waits.
     *
     * @param message the message; its buffer is the caller's again when this returns
     * @return false if it was not accepted: the connection is not open, or its queue is full
     * @throws IllegalArgumentException if a text has an unpaired surrogate
     */
    boolean trySend(Message message);

    /**
     * Sends a message and tells when it has left.
     *
     * @param message the message; its buffer belongs to Ferrule until the stage completes
     * @return completes when the transport has taken all bytes of the message, or exceptionally with a
     *     {@link SendException}; stages of one connection complete in order, on a thread that may block
     * @throws IllegalArgumentException if a text has an unpaired surrogate
     */
    CompletionStage<Void> sendAsync(Message message);

    /**
     * Begins a text message that is sent piece by piece. It takes its turn in the send queue at once.
     *
     * @return sends the pieces; must be finished
     * @throws SendException if the message was not accepted: the connection is not open, or its queue is full
     */
    MessageWriter<String> startText();

    /**
     * Begins a binary message that is sent piece by piece. It takes its turn in the send queue at once.
     *
     * @return sends the pieces; must be finished
     * @throws SendException if the message was not accepted: the connection is not open, or its queue is full
     */
    MessageWriter<ByteBuffer> startBinary();

    /**
     * Keeps data beyond the callback that was lent it, without a copy as far as possible.
     *
     * @param data what the callback got, or a part of it
     * @return keeps it until it is closed
     * @throws IllegalStateException outside of a callback that was lent data, which is on its thread until it returns
     */
    Retained retain(ByteBuffer data);

    /** Hands what was sent to the transport now, where a callback goes on with something else first. */
    void flush();

    /**
     * Sends a Ping frame and measures the time until its Pong comes back.
     *
     * @param payload at most 125 bytes, from its position to its limit; the caller's again when this returns
     * @return completes with the round-trip time, or exceptionally with a {@link SendException} if the connection ends
     *     before; a further ping with the same payload is answered by the same Pong
     * @throws IllegalArgumentException if the payload is longer than 125 bytes (RFC 6455 section 5.5)
     */
    CompletionStage<Duration> ping(ByteBuffer payload);

    /** Closes with 1000 and no reason: {@link #close(CloseCode, String)}. */
    default void close() {
        close(CloseCode.NORMAL_CLOSURE, "");
    }

    /**
     * Closes without a reason: {@link #close(CloseCode, String)}.
     *
     * @param code a code that {@link CloseCode#sendable} allows
     * @throws IllegalArgumentException if the role may not send the code
     */
    default void close(CloseCode code) {
        close(code, "");
    }

    /**
     * Begins the closing handshake (RFC 6455 section 7.1.2): what was accepted before leaves first, sends after this fail.
     * The first call wins; a connection that already closes or has ended is left alone. If the peer doesn't answer within
     * {@link Limits#closeTimeout()}, the connection is dropped.
     *
     * @param code a code that {@link CloseCode#sendable} allows; where an engine can't send it (see the adapter's
     *     deviations), 1008 goes instead with the same reason
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if the role may not send the code, or the reason is too long or has an unpaired
     *     surrogate; the connection is then untouched
     */
    void close(CloseCode code, String reason);

    /** Drops the TCP connection without a Close frame; {@code onClose} says 1006, by this endpoint. */
    void abort();

    /**
     * Asks for messages. The first call, which belongs into {@code onOpen}, turns the connection to manual demand: from
     * then on no message comes that was not asked for. Control frames are handled up to the first piece of a message that
     * nobody asked for; then reading stops, and the peer feels it.
     *
     * @param messages how many more messages to deliver; 0 only turns to manual demand
     * @throws IllegalArgumentException if the number is negative
     */
    void demand(long messages);

    /**
     * How many bytes of accepted messages the transport has not taken yet.
     *
     * @return bytes of payload
     */
    long queuedBytes();

    /**
     * How many accepted messages the transport has not taken yet, the one in flight included.
     *
     * @return messages
     */
    int queuedMessages();

    /**
     * How many messages the {@link SendPolicy} has dropped.
     *
     * @return messages, those that were accepted first as well as those that were not
     */
    long droppedMessages();

    /**
     * How many bytes the {@link SendPolicy} has dropped.
     *
     * @return bytes of payload
     */
    long droppedBytes();

    /**
     * How long a Ping and its Pong took, the last time: one of {@link #ping} or of the heartbeat, which sends some only while
     * the peer is silent.
     *
     * @return the time, or {@code null} if there was none yet
     */
    @Nullable
    Duration roundTrip();

    /**
     * The state at this moment.
     *
     * @return never goes back
     */
    State state();

    /**
     * Which end this is.
     *
     * @return the role of this endpoint
     */
    Role role();

    /**
     * The subprotocol that the opening handshake agreed on (RFC 6455 section 1.9).
     *
     * @return one of those offered, exactly as spelled, or {@code null}
     */
    @Nullable
    String subprotocol();

    /**
     * The extensions that the opening handshake agreed on (RFC 6455 section 9), with the parameters of the server's answer:
     * permessage-deflate, if the connection compresses.
     *
     * @return empty if there is none
     */
    List<Extension> extensions();

    /**
     * The request of the opening handshake.
     *
     * @return as the server received it, or as the client sent it
     */
    HandshakeRequest request();

    /**
     * What the application attaches to the connection.
     *
     * @return a map of this connection alone
     */
    ConcurrentMap<String, Object> attributes();

    /**
     * A number that tells connections of this process apart, in logs for instance.
     *
     * @return unique in the process
     */
    long id();
}
