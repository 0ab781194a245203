package dev.ferrule.testkit.run;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireConnection;
import dev.ferrule.testkit.wire.WireServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A play against a client: the kit is the server. */
final class ClientTrial extends Trial {
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
    private static final String FORGETS = "server_no_context_takeover";

    private final ClientDriver driver;
    private final boolean secure;
    private final List<WireServer> servers = new ArrayList<>();
    private final Map<Conversation, CompletableFuture<?>> clients = new HashMap<>();

    ClientTrial(Peer peer, ClientDriver driver, boolean secure) {
        super(Role.SERVER, peer);
        this.driver = driver;
        this.secure = secure;
    }

    /** A client that has sent its request. */
    private record Caller(
            WireConnection connection, HttpHead head, URI uri, CompletableFuture<?> opened, CompletableFuture<?> done) {
        String key() {
            return head.fields().all("Sec-WebSocket-Key").stream().findFirst().orElse("");
        }
    }

    @Override
    Conversation open(Opening wanted) throws IOException, InterruptedException, NotOpenedException {
        Caller caller = call(wanted);
        Opening opening = fitted(wanted, caller.head());
        Conversation conversation = new Conversation(
                caller.connection(),
                Role.SERVER,
                caller.head(),
                peer,
                opening.behind(),
                Agreement.of(opening.response().fields()));
        conversation.findings().add(RequestRules.check(caller.head(), caller.uri()));
        if (caller.connection().hasUnread()) {
            conversation.findings().add(List.of(RequestRules.EARLY_DATA));
        }
        answer(caller.connection(), caller.key(), opening, opening.behind());
        if (peer.lacks().contains(Capability.EARLY_FRAMES) && opening.behind().isEmpty()) {
            awaitOpened(caller);
        }
        clients.put(conversation, caller.done());
        return conversation;
    }

    @Override
    void refuse(Play.Refusal refusal) throws IOException, InterruptedException {
        try {
            Caller caller = call(refusal.opening());
            if (fits(refusal.opening(), caller.head())) {
                return;
            }
            // Something to answer, for a client that takes the connection for open.
            answer(
                    caller.connection(),
                    caller.key(),
                    refusal.opening(),
                    List.of(Frame.ping("open?"), Frame.text("open?")));
            CompletableFuture<?> report = caller.done()
                    .whenComplete((ended, failure) -> caller.connection().wake());
            awaitFailure(caller, report);
        } catch (NotOpenedException e) {
            findings.object(e.why());
        }
    }

    @Override
    void ended(Conversation conversation) throws InterruptedException {
        CompletableFuture<?> client = clients.get(conversation);
        if (client == null) {
            return;
        }
        try {
            idly(client);
        } catch (TimeoutException e) {
            conversation.findings().object("the client doesn't say that its connection has ended");
        } catch (ExecutionException e) {
            if (silent()) {
                return;
            }
            conversation.findings().object("the client says that it could not connect: " + e.getCause());
        }
    }

    @Override
    boolean refused(Conversation conversation) {
        if (silent()) {
            return conversation.received().isEmpty() && conversation.ended();
        }
        CompletableFuture<?> client = clients.get(conversation);
        return client != null && client.isCompletedExceptionally();
    }

    @Override
    public void close() throws IOException {
        super.close();
        for (WireServer server : servers) {
            server.close();
        }
    }

    /** Whether nothing is known of the client but what it sends. */
    private boolean silent() {
        return peer.lacks().contains(Capability.HANDSHAKE_REPORTS);
    }

    private Caller call(Opening opening) throws IOException, InterruptedException, NotOpenedException {
        WireServer server = secure ? WireServer.listenSecurely() : WireServer.listen();
        servers.add(server);
        URI uri = server.uri(opening.target());
        CompletableFuture<Object> opened = new CompletableFuture<>();
        CompletableFuture<?> done = driver.echo(uri, () -> opened.complete(uri)).toCompletableFuture();
        try {
            WireConnection connection = keep(server.accept(peer.patience()));
            server.refuseOthers();
            Optional<HttpHead> head = connection.awaitHead(Deadline.in(peer.patience()));
            return new Caller(
                    connection,
                    head.orElseThrow(() -> new NotOpenedException("the client sent no opening handshake")),
                    uri,
                    opened,
                    done);
        } catch (SocketTimeoutException e) {
            throw new NotOpenedException("the client did not connect: " + e.getMessage());
        }
    }

    /** What comes after waiting in vain says more than that it was in vain. */
    private void awaitOpened(Caller caller) throws InterruptedException {
        try {
            idly(CompletableFuture.anyOf(caller.opened(), caller.done()));
        } catch (TimeoutException | ExecutionException e) {
            caller.connection().transcript().note("the client did not open: " + e);
        }
    }

    /** Whether the answer, which speaks of compression, is one that this client asked for: then there is nothing wrong. */
    static boolean fits(Opening opening, HttpHead head) {
        Fields answer = opening.response().fields();
        return Agreement.of(answer).isPresent()
                && Agreement.problems(answer, head.fields()).isEmpty();
    }

    /** An answer that agrees to nothing but what this client offers. */
    static Opening fitted(Opening opening, HttpHead head) throws NotOpenedException {
        Fields answer = opening.response().fields();
        if (Agreement.of(answer).isEmpty()) {
            return opening;
        }
        if (!Agreement.offered(head.fields(), "")) {
            throw new NotOpenedException("the client does not offer permessage-deflate");
        }
        String fitted = answer.all(EXTENSIONS).get(0);
        if (!Agreement.offered(head.fields(), "client_max_window_bits")) {
            fitted = fitted.replaceAll("; *client_max_window_bits=[0-9]+", "");
        }
        if (Agreement.offered(head.fields(), FORGETS) && !fitted.contains(FORGETS)) {
            // An answer without it doesn't accept the offer (RFC 7692 section 7.1.1.1).
            fitted += "; " + FORGETS;
        }
        return opening.with(opening.response().with(EXTENSIONS, fitted));
    }

    /** The answer, or as much of it as is not lost. */
    static void answer(WireConnection connection, String key, Opening opening, List<Frame> behind) {
        Bytes head = opening.response().render(key);
        Opening.Loss loss = opening.loss();
        if (loss.after() < 0) {
            List<Bytes> frames =
                    behind.stream().map(frame -> frame.encode(Role.SERVER)).toList();
            connection.send(head.plus(Bytes.concat(frames)), opening.cut());
            return;
        }
        connection.send(head.slice(0, Math.min(loss.after(), head.size())));
        if (loss.reset()) {
            connection.reset();
        } else {
            connection.finish();
        }
    }

    /** Waits for a report of the client, and until then for frames that it must not send. */
    private void awaitFailure(Caller caller, CompletableFuture<?> report) throws InterruptedException {
        Arrival arrival = caller.connection().await(Deadline.in(peer.patience()));
        if (arrival instanceof Arrival.Data data) {
            findings.object("took the connection for open and sent " + data.bytes());
            return;
        }
        if (arrival != Arrival.Other.TIMEOUT) {
            awaitReport(caller, report);
        }
        if (silent() && arrival == Arrival.Other.TIMEOUT) {
            findings.object("doesn't end TCP although the handshake failed");
        }
        if (silent()) {
            return;
        }
        if (!report.isDone()) {
            findings.object("doesn't say that it could not connect");
        } else if (!report.isCompletedExceptionally()) {
            findings.object("says that the connection was open");
        }
    }

    private void awaitReport(Caller caller, CompletableFuture<?> report) throws InterruptedException {
        try {
            idly(report);
        } catch (TimeoutException | ExecutionException e) {
            caller.connection().transcript().note("the client reports " + e);
        }
    }
}
