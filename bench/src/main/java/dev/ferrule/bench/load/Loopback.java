package dev.ferrule.bench.load;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The only addresses that are used: nothing leaves this machine. */
public final class Loopback {
    private Loopback() {}

    /**
     * A port of 127.0.0.1.
     *
     * @param port 0 for any
     * @return the address
     */
    public static InetSocketAddress port(int port) {
        return port(1, port);
    }

    /** A port of 127.0.0.LAST. */
    static InetSocketAddress port(int last, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
