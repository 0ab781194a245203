/**
 * Ferrule: one small WebSocket API that fits any engine.
 *
 * <p>An application writes an {@link dev.ferrule.Endpoint}, and runs it on whichever adapter is on its class path:
 *
 * <pre>{@code
 * Server server = Ferrule.server()
 *         .listen("127.0.0.1", 8080)
 *         .route("/echo", Endpoint.onText((connection, text) -> connection.send(text)))
 *         .start();
 * }</pre>
 *
 * <p>{@link dev.ferrule.BlockingConnection} shows the same connection to a thread that may wait,
 * {@link dev.ferrule.FlowConnection} to {@link java.util.concurrent.Flow}.
 *
 * <p>What holds everywhere, unless a type says otherwise:
 *
 * <ul>
 *   <li><b>Callbacks</b> of one connection never overlap, and each happens-before the next: {@code onOpen}, then messages
 *       and pongs, then {@code onClose}, once. They may block, unless {@code inline} was chosen. None runs on the stack of
 *       a caller of send, close, abort or demand.
 *   <li><b>Sending</b> is possible from any thread, any number at once; messages are never torn or interleaved, and those
 *       of one thread keep their order. The queue is bounded; a message that can't be accepted is refused to its sender.
 *   <li><b>Buffers</b> that a callback receives are read-only and lent until it returns (or until the stage that it
 *       returned completes). Buffers given to {@code send} are the caller's again when it returns; those given to
 *       {@code sendAsync} when its stage completes. Their content, position, limit and order are never changed.
 *   <li><b>Failures</b> reach the caller, the {@link dev.ferrule.CloseEvent} or the log, once.
 *   <li><b>null</b> is neither taken nor returned, except where {@code @Nullable} says so.
 * </ul>
 */
@NullMarked
package dev.ferrule;

import org.jspecify.annotations.NullMarked;
