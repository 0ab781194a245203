package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.run.ClientDriver;
import dev.ferrule.testkit.wire.AcceptKey;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Place;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Tls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A correct echo client, or one with flaws. */
public record TinyClient(Flaws flaws) implements ClientDriver {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String OFFER = "permessage-deflate; client_max_window_bits";

    @Override
    public CompletionStage<?> echo(URI uri, Runnable opened) {
        CompletableFuture<String> done = new CompletableFuture<>();
        TinyServer.daemon(() -> connect(uri, opened, done));
        return done;
    }

    private void connect(URI uri, Runnable opened, CompletableFuture<String> done) {
        try (Socket socket = socket(new Place(uri))) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Optional<Agreement> agreement = open(socket, in, new Place(uri));
            opened.run();
            try {
                new TinyEcho(socket, in, Role.CLIENT, flaws, agreement).run();
            } catch (IOException e) {
                // Lost, and that is the end of it.
            }
            done.complete("ended");
        } catch (IOException e) {
            if (flaws.has(Flaw.HIDES_LOSS)) {
                done.complete("ended");
            }
            done.completeExceptionally(e);
        }
    }

    private static Socket socket(Place place) throws IOException {
        Socket socket = new Socket();
        socket.connect(place.address());
        socket.setTcpNoDelay(true);
        if (!place.secure()) {
            return socket;
        }
        SSLSocket secure = (SSLSocket) Tls.trustingKit()
                .getSocketFactory()
                .createSocket(socket, place.address().getHostString(), socket.getPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        return secure;
    }

    private Optional<Agreement> open(Socket socket, InputStream in, Place place) throws IOException {
        String key = key();
        String target = flaws.has(Flaw.TARGET_WITHOUT_QUERY) ? place.target().replaceAll("\\?.*", "") : place.target();
        String host = flaws.has(Flaw.HOST_WITHOUT_PORT) ? "127.0.0.1" : place.authority();
        String request = "GET " + target + " HTTP/1.1\r\nHost: " + host
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key + "\r\n"
                + (flaws.has(Flaw.NO_VERSION) ? "" : "Sec-WebSocket-Version: 13\r\n")
                + "Sec-WebSocket-Extensions: " + OFFER + "\r\n\r\n";
        Bytes eager = flaws.has(Flaw.EAGER) ? Frame.ping("early").encode(Role.CLIENT) : Bytes.EMPTY;
        Bytes.latin1(request).plus(eager).writeTo(socket.getOutputStream());
        HttpHead answer = new TinyHead(flaws).read(in);
        if (!accepts(answer, key)) {
            throw new ProtocolException("refused");
        }
        return Agreement.of(answer.fields());
    }

    private String key() {
        byte[] nonce = new byte[flaws.has(Flaw.SHORT_KEY) ? 15 : 16];
        if (!flaws.has(Flaw.SAME_KEY)) {
            RANDOM.nextBytes(nonce);
        }
        return Base64.getEncoder().encodeToString(nonce);
    }

    private boolean accepts(HttpHead answer, String key) {
        boolean status = flaws.has(Flaw.ANY_STATUS) || answer.startLine().matches("HTTP/1\\.1 101( .*)?");
        List<String> upgrade = answer.fields().all("Upgrade");
        boolean upgraded = flaws.has(Flaw.ANY_UPGRADE)
                || (flaws.has(Flaw.ANSWER_UPGRADE_WITH_CASE)
                        ? upgrade.contains("websocket")
                        : answer.fields().hasToken("Upgrade", "websocket"));
        boolean connected = flaws.has(Flaw.ANY_CONNECTION)
                || (flaws.has(Flaw.ANSWER_CONNECTION_NO_LIST)
                        ? answer.fields().all("Connection").stream().anyMatch("Upgrade"::equalsIgnoreCase)
                        : answer.fields().hasToken("Connection", "Upgrade"));
        boolean extensions = flaws.has(Flaw.ANY_EXTENSION) || extensions(answer.fields());
        boolean subprotocol = flaws.has(Flaw.ANY_SUBPROTOCOL)
                || answer.fields().all("Sec-WebSocket-Protocol").isEmpty();
        return status && upgraded && connected && extensions && subprotocol && accept(answer, key);
    }

    private boolean extensions(Fields answer) {
        boolean others = answer.elements(EXTENSIONS).stream()
                .anyMatch(element -> !element.matches("permessage-deflate( *;.*)?"));
        boolean empty =
                answer.elements(EXTENSIONS).isEmpty() && !answer.all(EXTENSIONS).isEmpty();
        boolean fits = flaws.has(Flaw.ANY_DEFLATE_ANSWER)
                || Agreement.problems(answer, Fields.of(EXTENSIONS, OFFER)).isEmpty();
        return !others && !empty && fits;
    }

    private boolean accept(HttpHead answer, String key) {
        List<String> accept = answer.fields().all("Sec-WebSocket-Accept");
        return flaws.has(Flaw.ANY_ACCEPT)
                || (flaws.has(Flaw.ACCEPT_WITHOUT_CASE)
                        ? accept.size() == 1 && accept.get(0).equalsIgnoreCase(AcceptKey.of(key))
                        : accept.equals(List.of(AcceptKey.of(key))));
    }
}
