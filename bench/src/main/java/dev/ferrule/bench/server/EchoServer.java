package dev.ferrule.bench.server;

/** A server of one library: echoes at {@link #ECHO}, and at {@link #BROADCAST} sends each message to all who are there. */
public interface EchoServer {
    /** The path where each message goes back to where it came from. */
    String ECHO = "/echo";

    /** The path where each message goes to everybody, its sender included. */
    String BROADCAST = "/broadcast";

    /**
     * Listens on 127.0.0.1 for as long as the process lives.
     *
     * @param port 0 picks a free one
     * @param longest bytes of the longest message that it has to accept
     * @return the port
     * @throws Exception if the library can't
     */
    int listen(int port, int longest) throws Exception;
}
