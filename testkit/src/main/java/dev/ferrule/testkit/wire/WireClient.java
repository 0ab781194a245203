package dev.ferrule.testkit.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The kit as a client: connects and sends an opening handshake, correct or not. */
public final class WireClient {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Place place;
    private final String key;
    private final SSLContext tls;

    /**
     * A client of the server at this URL, with a fresh key.
     *
     * @param uri a ws or wss URL
     */
    public WireClient(URI uri) {
        this(uri, Tls.trustingAll());
    }

    /**
     * A client of the server at this URL, with a fresh key.
     *
     * @param uri a ws or wss URL
     * @param tls whose certificates to trust
     */
    public WireClient(URI uri, SSLContext tls) {
        this.place = new Place(uri);
        this.key = newKey();
        this.tls = tls;
    }

    /** {@return the key that stands for {@code {key}} in requests} */
    public String key() {
        return key;
    }

    /**
     * {@return a TCP connection, over wss after the TLS handshake}
     *
     * @param patience how long
     * @throws IOException if the network says no
     */
    public WireConnection connect(Duration patience) throws IOException {
        Transcript transcript = new Transcript();
        Socket transport = new Socket();
        int millis = Math.toIntExact(patience.toMillis());
        InetSocketAddress address = place.address();
        try {
            transport.connect(address, millis);
            transcript.note("connected to " + address);
            return new WireConnection(transport, secured(transport, address, millis), transcript);
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    /**
     * {@return the bytes of the request for this server and key}
     *
     * @param request the request
     */
    public Bytes render(RequestSpec request) {
        return request.render(place, key);
    }

    private Socket secured(Socket transport, InetSocketAddress address, int millis) throws IOException {
        if (!place.secure()) {
            return transport;
        }
        SSLSocket secure = (SSLSocket)
                tls.getSocketFactory().createSocket(transport, address.getHostString(), address.getPort(), true);
        if (!tls.equals(Tls.trustingAll())) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        transport.setSoTimeout(millis);
        secure.startHandshake();
        transport.setSoTimeout(0);
        return secure;
    }

    private static String newKey() {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return Base64.getEncoder().encodeToString(nonce);
    }
}
