package dev.ferrule.testkit.run;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireConnection;
import java.net.URI;
import java.util.List;

/** A play against a client that came by itself: all that is known of it is what it sends. */
final class AttachedTrial extends Trial {
    private final WireConnection connection;
    private final HttpHead head;
    private final URI uri;
    private boolean taken;

    AttachedTrial(Peer peer, WireConnection connection, HttpHead head, URI uri) {
        super(Role.SERVER, peer);
        this.connection = connection;
        this.head = head;
        this.uri = uri;
    }

    @Override
    Conversation open(Opening wanted) throws NotOpenedException {
        take();
        Opening opening = ClientTrial.fitted(wanted, head);
        Conversation conversation = new Conversation(
                connection,
                Role.SERVER,
                head,
                peer,
                opening.behind(),
                Agreement.of(opening.response().fields()));
        conversation.findings().add(RequestRules.check(head, uri));
        if (connection.hasUnread()) {
            conversation.findings().add(List.of(RequestRules.EARLY_DATA));
        }
        ClientTrial.answer(connection, key(), opening, opening.behind());
        return conversation;
    }

    @Override
    void refuse(Play.Refusal refusal) throws InterruptedException {
        keep(connection);
        if (ClientTrial.fits(refusal.opening(), head)) {
            return;
        }
        ClientTrial.answer(connection, key(), refusal.opening(), List.of(Frame.ping("open?"), Frame.text("open?")));
        Arrival arrival = connection.await(Deadline.in(peer.patience()));
        if (arrival instanceof Arrival.Data data) {
            findings.object("took the connection for open and sent " + data.bytes());
        } else if (arrival == Arrival.Other.TIMEOUT) {
            findings.object("doesn't end TCP although the handshake failed");
        }
    }

    @Override
    void ended(Conversation conversation) {}

    /** One that sent nothing and ended TCP may have refused; one that works has answered something. */
    @Override
    boolean refused(Conversation conversation) {
        return conversation.received().isEmpty() && conversation.ended();
    }

    private void take() throws NotOpenedException {
        if (taken) {
            throw new NotOpenedException("this scenario needs several connections, the client made one");
        }
        taken = true;
        keep(connection);
    }

    private String key() {
        return head.fields().all("Sec-WebSocket-Key").stream().findFirst().orElse("");
    }
}
