package dev.ferrule.testkit.wire;

/** What a wait on a connection brings. */
public sealed interface Arrival {
    /**
     * Bytes of the peer.
     *
     * @param bytes what came
     */
    record Data(Bytes bytes) implements Arrival {}

    /** The end of what the peer sends; it will be the answer to every later wait. */
    enum End implements Arrival {
        /** An orderly end of the stream. */
        FIN,
        /** A reset, or any other failure of the transport. */
        RESET
    }

    /** Something else than the connection. */
    enum Other implements Arrival {
        /** Nothing came before the deadline. */
        TIMEOUT,
        /** Somebody called {@link WireConnection#wake()}. */
        WOKEN
    }
}
