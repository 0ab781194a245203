package dev.ferrule.spi;

/** A client engine. Its methods may be called from any thread. */
public interface ClientEngine {
    /**
     * Begins an opening handshake, without blocking. The engine reports its result to the opening: exactly one of
     * {@link Opening#overBytes}, {@link Opening#overPieces}, {@link ClientOpening#refused} and
     * {@link ClientOpening#failed}, within the handshake timeout or after it was abandoned.
     *
     * @param opening what to ask for
     * @return abandons the handshake: drops its connection
     */
    Runnable connect(ClientOpening opening);

    /** Releases what the engine holds; connections that are still open are dropped. May block for some seconds at most. */
    void stop();
}
