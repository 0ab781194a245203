package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.run.ClientDriver;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.FrameDecoder;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.RequestSpec;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Tls;
import dev.ferrule.testkit.wire.WireClient;
import dev.ferrule.testkit.wire.WireConnection;
import dev.ferrule.testkit.wire.WireServer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Looks whether there is anything to judge, before hundreds of scenarios say the same. */
final class Probe {
    private Probe() {}

    /** Whether the server agrees to permessage-deflate; if that is so, it is judged by it. */
    static boolean compresses(Peer peer, URI uri) throws InterruptedException {
        WireClient client = client(peer, uri);
        try (WireConnection connection = client.connect(peer.patience())) {
            RequestSpec offer = RequestSpec.CORRECT.plus("Sec-WebSocket-Extensions", Agreement.NAME);
            connection.send(client.render(peer.access().apply(offer)));
            Optional<HttpHead> head = connection.awaitHead(Deadline.in(peer.patience()));
            return head.isPresent() && Agreement.of(head.get().fields()).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static WireClient client(Peer peer, URI uri) {
        return new WireClient(uri, peer.access().anyCertificate() ? Tls.trustingAll() : Tls.trustingUsual());
    }

    /** Returns if the server opens a WebSocket and sends back what it gets, right or wrong. */
    static void reach(Peer peer, URI uri) throws UnreachableException, InterruptedException {
        WireClient client = client(peer, uri);
        try (WireConnection connection = client.connect(peer.patience())) {
            RequestSpec request = peer.access().apply(RequestSpec.CORRECT);
            connection.send(client.render(request));
            Optional<HttpHead> head = connection.awaitHead(Deadline.in(peer.patience()));
            boolean opened = head.isPresent()
                    && head.get().status().filter(code -> code == 101).isPresent();
            if (!opened) {
                throw new UnreachableException(uri + " does not open a WebSocket\n"
                        + connection.transcript().render(Role.CLIENT));
            }
            connection.send(Frame.text("ferrule?").encode(Role.CLIENT));
            if (!echoes(connection, Deadline.in(peer.patience()))) {
                throw new UnreachableException(uri + " does not send back what it gets, as an echo endpoint does\n"
                        + connection.transcript().render(Role.CLIENT));
            }
        } catch (IOException e) {
            String hint =
                    uri.getScheme().equalsIgnoreCase("wss") && !peer.access().anyCertificate()
                            ? " (--tls-insecure accepts any certificate)"
                            : "";
            throw new UnreachableException(uri + " can't be reached: " + e + hint);
        }
    }

    /** Whether the client offers permessage-deflate. It must connect and send an opening handshake, right or wrong. */
    static boolean offersCompression(Peer peer, ClientDriver client) throws UnreachableException, InterruptedException {
        try (WireServer server = WireServer.listen()) {
            client.echo(server.uri("/"), () -> {});
            try (WireConnection connection = server.accept(peer.patience())) {
                Optional<HttpHead> head = connection.awaitHead(Deadline.in(peer.patience()));
                if (head.isEmpty()) {
                    throw new UnreachableException("the client sends no opening handshake\n"
                            + connection.transcript().render(Role.SERVER));
                }
                return Agreement.offered(head.get().fields(), "");
            }
        } catch (IOException e) {
            throw new UnreachableException("the client does not connect: " + e);
        }
    }

    private static boolean echoes(WireConnection connection, Deadline deadline) throws InterruptedException {
        FrameDecoder decoder = new FrameDecoder(Role.SERVER);
        Bytes wanted = Bytes.utf8("ferrule?");
        Arrival arrival = connection.await(deadline);
        while (arrival instanceof Arrival.Data data) {
            if (decoder.feed(data.bytes()).stream()
                    .anyMatch(frame -> frame.payload().equals(wanted))) {
                return true;
            }
            arrival = connection.await(deadline);
        }
        return false;
    }
}
