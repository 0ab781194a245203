package dev.ferrule.spi;

/** A server engine that listens. Its methods may be called from any thread, but not from the engine's own. */
public interface ServerEngine {
    /**
     * The TCP port on which it listens.
     *
     * @return the port, also where 0 was asked for
     */
    int port();

    /**
     * Whether {@link #stop()} may block; then it is called on a thread of its own.
     *
     * @return false if it never does
     */
    default boolean stopMayBlock() {
        return true;
    }

    /** Stops the engine and drops what is still connected; may block for some seconds at most. Once. */
    void stop();
}
