package dev.ferrule.testkit.run;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Statuses;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Tls;
import dev.ferrule.testkit.wire.WireClient;
import dev.ferrule.testkit.wire.WireConnection;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A play against a server: the kit is the client. */
final class ServerTrial extends Trial {
    private final URI uri;

    ServerTrial(Peer peer, URI uri) {
        super(Role.CLIENT, peer);
        this.uri = uri;
    }

    @Override
    Conversation open(Opening opening) throws IOException, InterruptedException, NotOpenedException {
        WireClient client = client();
        WireConnection connection = request(client, opening);
        Optional<HttpHead> head = connection.awaitHead(Deadline.in(peer.patience()));
        if (head.isEmpty()) {
            throw new NotOpenedException("no answer to the opening handshake");
        }
        if (head.get().status().filter(status -> status == 101).isEmpty()) {
            throw new NotOpenedException("answered " + head.get().startLine());
        }
        Optional<Agreement> agreement = Agreement.offered(opening.request().fields(), "")
                ? Agreement.of(head.get().fields())
                : Optional.empty();
        Conversation conversation =
                new Conversation(connection, Role.CLIENT, head.get(), peer, opening.behind(), agreement);
        List<String> keys = opening.request().fields().all("Sec-WebSocket-Key");
        String key =
                keys.isEmpty() ? "" : keys.get(0).replace("{key}", client.key()).strip();
        conversation
                .findings()
                .add(ResponseRules.check(
                        head.get(), peer.access().apply(opening.request()).fields(), key));
        return conversation;
    }

    @Override
    void refuse(Play.Refusal refusal) throws IOException, InterruptedException {
        WireConnection connection = request(client(), refusal.opening());
        Optional<HttpHead> head = connection.awaitHead(Deadline.in(peer.patience()));
        Optional<Integer> status = head.flatMap(HttpHead::status);
        if (status.isEmpty()) {
            findings.remark("refused without an HTTP status (6455-10.7-1)");
        } else if (status.get() == 101) {
            findings.object("was accepted");
        } else {
            answered(refusal.statuses(), status.get(), head.orElseThrow());
            nothingBehind(connection, refusal.opening().behind());
        }
    }

    @Override
    void ended(Conversation conversation) {}

    @Override
    boolean refused(Conversation conversation) {
        return false;
    }

    private WireClient client() {
        return new WireClient(uri, peer.access().anyCertificate() ? Tls.trustingAll() : Tls.trustingUsual());
    }

    private WireConnection request(WireClient client, Opening opening) throws IOException {
        WireConnection connection = keep(client.connect(peer.patience()));
        List<Bytes> behind = opening.behind().stream()
                .map(frame -> frame.encode(Role.CLIENT))
                .toList();
        connection.send(
                client.render(peer.access().apply(opening.request())).plus(Bytes.concat(behind)), opening.cut());
        return connection;
    }

    private void answered(Statuses statuses, int status, HttpHead head) {
        if (!statuses.fits(status)) {
            findings.remark("refused with status " + status + " (6455-10.7-1)");
        }
        if (statuses == Statuses.OTHER_VERSION && !head.fields().hasToken("Sec-WebSocket-Version", "13")) {
            findings.object("Sec-WebSocket-Version in the answer is "
                    + head.fields().all("Sec-WebSocket-Version") + ", should list 13 (6455-4.4-1)");
        }
    }

    /** The kit's FIN makes the server end too, and then all that it has to say has come. */
    private void nothingBehind(WireConnection connection, List<Frame> behind) throws InterruptedException {
        if (behind.isEmpty()) {
            return;
        }
        connection.finish();
        Bytes rest = Bytes.EMPTY;
        Deadline deadline = Deadline.in(peer.patience());
        Arrival arrival = connection.await(deadline);
        while (arrival instanceof Arrival.Data data) {
            rest = rest.plus(data.bytes());
            arrival = connection.await(deadline);
        }
        for (Frame frame : behind) {
            int answer = frame.opcode() == Opcode.PING ? Opcode.PONG : frame.opcode();
            String bytes = Frame.of(answer, frame.payload()).encode(Role.SERVER).latin1();
            if (rest.latin1().contains(bytes)) {
                findings.object("after the refusal this was answered: " + frame);
            }
        }
    }
}
