package dev.ferrule.bench.server;

import java.io.IOException;

/** The process of a server: says on which ports it listens, and ends when its standard input does. */
public final class ServerProcess {
    private ServerProcess() {}

    /**
     * Runs a server.
     *
     * @param args name, port, control port, and bytes of the longest message
     * @throws Exception if it can't
     */
    public static void main(String[] args) throws Exception {
        // Undertow logs by JBoss Logging, which has to be told that SLF4J is here.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        int port = Servers.named(args[0]).listen(Integer.parseInt(args[1]), Integer.parseInt(args[3]));
        announce(port, Control.start(Integer.parseInt(args[2]), () -> 0));
    }

    /**
     * Says that the process is ready, and stays until nobody needs it.
     *
     * @param port where it listens
     * @param control where {@link Control} does
     * @throws IOException if standard input can't be read
     */
    public static void announce(int port, int control) throws IOException {
        System.out.println("port=" + port + " control=" + control);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Whatever is typed means nothing.
        }
        Runtime.getRuntime().halt(0);
    }
}
