package dev.ferrule.testkit.run;

import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Violation;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A play against a client: the kit is the server. */
final class ClientTrial extends Trial {
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
    Conversation open(Opening opening) throws IOException, InterruptedException, NotOpenedException {
        Caller caller = call(opening);
        Conversation conversation =
                new Conversation(caller.connection(), Role.SERVER, caller.head(), peer, opening.behind());
        conversation.findings().add(RequestRules.check(caller.head(), caller.uri()));
        if (caller.connection().hasUnread()) {
            conversation
                    .findings()
                    .add(List.of(Violation.must("6455-4.1-11", "data before the answer to the handshake")));
        }
        answer(caller, opening, opening.behind());
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
            // Something to answer, for a client that takes the connection for open.
            answer(caller, refusal.opening(), List.of(Frame.ping("open?"), Frame.text("open?")));
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
            client.get(peer.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            conversation.findings().object("the client doesn't say that its connection has ended");
        } catch (ExecutionException e) {
            conversation.findings().object("the client says that it could not connect: " + e.getCause());
        }
    }

    @Override
    boolean refused(Conversation conversation) {
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
            CompletableFuture.anyOf(caller.opened(), caller.done())
                    .get(peer.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            caller.connection().transcript().note("the client did not open: " + e);
        }
    }

    private static void answer(Caller caller, Opening opening, List<Frame> behind) {
        Bytes head = opening.response().render(caller.key());
        Opening.Loss loss = opening.loss();
        if (loss.after() < 0) {
            List<Bytes> frames =
                    behind.stream().map(frame -> frame.encode(Role.SERVER)).toList();
            caller.connection().send(head.plus(Bytes.concat(frames)), opening.cut());
            return;
        }
        caller.connection().send(head.slice(0, Math.min(loss.after(), head.size())));
        if (loss.reset()) {
            caller.connection().reset();
        } else {
            caller.connection().finish();
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
        if (!report.isDone()) {
            findings.object("doesn't say that it could not connect");
        } else if (!report.isCompletedExceptionally()) {
            findings.object("says that the connection was open");
        }
    }

    private void awaitReport(Caller caller, CompletableFuture<?> report) throws InterruptedException {
        try {
            report.get(peer.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            caller.connection().transcript().note("the client reports " + e);
        }
    }
}
