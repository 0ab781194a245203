package dev.ferrule.testkit.wire;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** The kit as a server: accepts connections on a free port of the loopback address. */
public final class WireServer implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocket listener;
    private final boolean secure;

    private WireServer(boolean secure) throws IOException {
        this(secure, InetAddress.getByAddress(LOOPBACK), 0);
    }

    private WireServer(boolean secure, InetAddress address, int port) throws IOException {
        this.secure = secure;
        this.listener = new ServerSocket(port, 50, address);
    }

    /**
     * {@return listens for plain connections}
     *
     * @param address where
     * @param port where, 0 for any free port
     * @throws IOException if the network says no
     */
    public static WireServer listen(InetAddress address, int port) throws IOException {
        return new WireServer(false, address, port);
    }

    /**
     * {@return listens for plain connections}
     *
     * @throws IOException if the network says no
     */
    public static WireServer listen() throws IOException {
        return new WireServer(false);
    }

    /**
     * {@return listens for TLS connections with the kit's certificate}
     *
     * @throws IOException if the network says no
     */
    public static WireServer listenSecurely() throws IOException {
        return new WireServer(true);
    }

    /**
     * {@return the URL of a path, which may have a query, on this server}
     *
     * @param target path and query
     */
    public URI uri(String target) {
        return URI.create((secure ? "wss" : "ws") + "://" + host() + ":" + listener.getLocalPort() + target);
    }

    private String host() {
        InetAddress address = listener.getInetAddress();
        String text = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }

    /**
     * {@return the next connection, over TLS after the TLS handshake}
     *
     * @param patience how long
     * @throws IOException if the network says no
     */
    public WireConnection accept(Duration patience) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        listener.setSoTimeout(millis);
        Socket transport = listener.accept();
        Transcript transcript = new Transcript();
        transcript.note("accepted from " + transport.getRemoteSocketAddress());
        try {
            return new WireConnection(transport, secured(transport, millis), transcript);
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    /**
     * Resets whoever else connects: a client that tries again after a loss shall see at once that there is nobody. The
     * listener stays, because a port that is given back is given to another scenario's server while its own clients may
     * still call it.
     */
    public void refuseOthers() {
        Background.run(this::refuseAll);
    }

    private void refuseAll() {
        try {
            listener.setSoTimeout(0);
            while (!listener.isClosed()) {
                try (Socket caller = listener.accept()) {
                    caller.setSoLinger(true, 0);
                }
            }
        } catch (IOException e) {
            // Closed, which is how this ends.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private Socket secured(Socket transport, int millis) throws IOException {
        if (!secure) {
            return transport;
        }
        SSLSocket stream =
                (SSLSocket) Tls.serving().getSocketFactory().createSocket(transport, null, transport.getPort(), true);
        stream.setUseClientMode(false);
        transport.setSoTimeout(millis);
        stream.startHandshake();
        transport.setSoTimeout(0);
        return stream;
    }
}
