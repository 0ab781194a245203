package dev.ferrule.testkit.scenario;

/** Something that a peer may be declared not to be able to; its scenarios are then skipped or not judged by it. */
public enum Capability {
    /** Can send a Close frame with the fitting code whenever it fails a connection. */
    FAILURE_CODES,
    /** Can answer a Close with the same code. */
    REPLY_CODES,
    /**
     * Sees the length that a frame's header announces before the payload comes, and fails at once if it is too
     * much.
     */
    HEADER_LIMITS,
    /** Delivers frames that arrive in the same segment as the answer to its opening handshake. */
    EARLY_FRAMES,
    /** A client that tells whether its opening handshake succeeded; else only what it sends is judged. */
    HANDSHAKE_REPORTS,
    /** Checks the Origin of a request and refuses those of other sites with 403. */
    ORIGIN_POLICY,
    /** Has a WebSocket on one path only. */
    PATHS,
    /** Speaks TLS. */
    TLS,
    /** Agrees to compress messages by permessage-deflate (RFC 7692). */
    DEFLATE
}
