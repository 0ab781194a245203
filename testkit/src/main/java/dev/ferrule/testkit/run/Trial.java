package dev.ferrule.testkit.run;

import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Script;
import dev.ferrule.testkit.scenario.Step;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** One play of one scenario, whatever the role of the endpoint under test. */
abstract class Trial implements AutoCloseable {
    private static final int MOST_TRANSCRIPTS = 3;

    private final Role kit;
    private final List<WireConnection> connections = new ArrayList<>();
    private final List<AutoCloseable> guards = new ArrayList<>();
    private Runnable idle = () -> {};
    final Peer peer;
    final Findings findings = new Findings();

    Trial(Role kit, Peer peer) {
        this.kit = kit;
        this.peer = peer;
    }

    /** Opens a connection. */
    abstract Conversation open(Opening opening) throws IOException, InterruptedException, NotOpenedException;

    /** Tries to open a connection, which must not succeed. */
    abstract void refuse(Play.Refusal refusal) throws IOException, InterruptedException;

    /** What is left to check when a conversation has ended. */
    abstract void ended(Conversation conversation) throws InterruptedException;

    /** Whether the endpoint under test took the answer for a refusal. */
    abstract boolean refused(Conversation conversation);

    /** Says whose turn this is, to be given back when there is only waiting to do. */
    final void in(Slot slot) {
        idle = slot::giveBack;
    }

    /** How long a wait must be before it counts as idle; a client may have to start a process first. */
    private long idleMillis() {
        return kit == Role.CLIENT ? Slot.IDLE_MILLIS : peer.patience().toMillis() / 2;
    }

    /** Waits for something else than a connection. */
    final <T> T idly(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return future.get(Math.min(idleMillis(), peer.patience().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            idle.run();
            return future.get(peer.patience().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    final void play(Play play) throws IOException, InterruptedException {
        if (play instanceof Play.Frames frames) {
            frames(frames, true);
        } else if (play instanceof Play.Choice choice) {
            frames(choice.frames(), false);
        } else if (play instanceof Play.Deflated deflated) {
            deflated(deflated);
        } else if (play instanceof Play.Many many) {
            many(many);
        } else if (play instanceof Play.Refusal refusal) {
            refuse(refusal);
        } else if (play instanceof Play.Scripted scripted) {
            script(scripted.script());
        }
    }

    /** The transcripts of the last connections. */
    final String transcript() {
        int first = Math.max(0, connections.size() - MOST_TRANSCRIPTS);
        return connections.subList(first, connections.size()).stream()
                .map(connection -> connection.transcript().render(kit))
                .collect(Collectors.joining("\n"));
    }

    /** Remembers the connection, and closes it by force if the endpoint neither reads nor ends. */
    final WireConnection keep(WireConnection connection) {
        connections.add(connection);
        connection.onIdle(Duration.ofMillis(idleMillis()), idle);
        guards.add(Watchdog.guard(connection, peer.patience().multipliedBy(6)));
        return connection;
    }

    @Override
    public void close() throws IOException {
        for (AutoCloseable guard : guards) {
            try {
                guard.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        connections.forEach(WireConnection::close);
    }

    private void frames(Play.Frames frames, boolean mustOpen) throws IOException, InterruptedException {
        try {
            Conversation conversation = open(frames.opening());
            conversation.play(frames.steps().toArray(Step[]::new));
            conclude(conversation, mustOpen);
        } catch (NotOpenedException e) {
            if (mustOpen) {
                findings.object(e.why());
            }
        }
    }

    private void deflated(Play.Deflated play) throws IOException, InterruptedException {
        try {
            Conversation conversation = open(play.frames().opening());
            if (conversation.compressing()) {
                conversation.play(play.frames().steps().toArray(Step[]::new));
            } else if (play.mustAgree()) {
                findings.object("permessage-deflate was declined");
            }
            conclude(conversation, true);
        } catch (NotOpenedException e) {
            findings.object(e.why());
        }
    }

    private void many(Play.Many many) throws IOException, InterruptedException {
        for (Play.Frames one : many.plays()) {
            frames(one, true);
            if (!findings.objections().isEmpty()) {
                findings.object("in play " + (many.plays().indexOf(one) + 1) + " of "
                        + many.plays().size() + ": " + one.steps());
                return;
            }
        }
    }

    private void script(Script script) throws IOException, InterruptedException {
        List<Conversation> conversations = new ArrayList<>();
        List<String> wrong = script.run(() -> {
            try {
                conversations.add(open(Opening.CORRECT));
                return conversations.get(conversations.size() - 1);
            } catch (NotOpenedException e) {
                throw new IOException(e.why(), e);
            }
        });
        wrong.forEach(findings::object);
        for (Conversation conversation : conversations) {
            conclude(conversation, true);
        }
    }

    private void conclude(Conversation conversation, boolean mustOpen) throws InterruptedException {
        conversation.close();
        ended(conversation);
        if (mustOpen || !refused(conversation)) {
            findings.add(conversation.findings());
        }
    }
}
