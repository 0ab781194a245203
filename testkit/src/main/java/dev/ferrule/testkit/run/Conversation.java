package dev.ferrule.testkit.run;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.model.History;
import dev.ferrule.testkit.model.Judge;
import dev.ferrule.testkit.model.Outcome;
import dev.ferrule.testkit.model.ReferenceModel;
import dev.ferrule.testkit.scenario.Script;
import dev.ferrule.testkit.scenario.Step;
import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.FrameDecoder;
import dev.ferrule.testkit.wire.FrameMonitor;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Segmentation;
import dev.ferrule.testkit.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open connection with an endpoint under test: does steps, records what comes, and has the model judge it. */
final class Conversation implements Script.Talk {
    private final WireConnection connection;
    private final Role kit;
    private final HttpHead head;
    private final Peer peer;
    private final FrameDecoder decoder;
    private final FrameMonitor monitor;
    private final Optional<Agreement> agreement;
    private final History history;
    private final Findings findings = new Findings();
    private final List<Frame> sent = new ArrayList<>();
    private final List<Frame> received = new ArrayList<>();
    private boolean truncated;
    private boolean finished;
    private boolean reset;
    private boolean concluded;

    Conversation(
            WireConnection connection,
            Role kit,
            HttpHead head,
            Peer peer,
            List<Frame> behind,
            Optional<Agreement> agreement) {
        this.connection = connection;
        this.kit = kit;
        this.head = head;
        this.peer = peer;
        this.decoder = new FrameDecoder(kit.peer());
        this.agreement = agreement;
        this.history = new History(kit.peer(), agreement);
        this.monitor = new FrameMonitor(kit.peer(), agreement.isPresent());
        sent.addAll(behind);
    }

    WireConnection connection() {
        return connection;
    }

    /** Whether messages may be compressed. */
    boolean compressing() {
        return agreement.isPresent();
    }

    /** Whether TCP has ended. */
    boolean ended() {
        return history.end().isPresent();
    }

    Findings findings() {
        return findings;
    }

    @Override
    public HttpHead head() {
        return head;
    }

    @Override
    public List<Frame> received() {
        return List.copyOf(received);
    }

    @Override
    public void play(Step... steps) throws InterruptedException {
        for (Step step : steps) {
            // Behind a barrier that was not reached, nothing means anything.
            if (findings.objections().isEmpty()) {
                play(step);
            }
        }
    }

    private void play(Step step) throws InterruptedException {
        if (step instanceof Step.Send send) {
            send(send.frames(), send.cut());
        } else if (step instanceof Step.SendPart part) {
            sendPart(part.frame(), part.bytes());
        } else if (step instanceof Step.Barrier) {
            barrier();
        } else if (step instanceof Step.Finish) {
            finish();
        } else {
            reset = true;
            connection.reset();
        }
    }

    private void send(List<Frame> frames, Segmentation cut) {
        sent.addAll(frames);
        connection.send(
                Bytes.concat(frames.stream().map(frame -> frame.encode(kit)).toList()), cut);
    }

    private void sendPart(Frame frame, int bytes) {
        truncated = true;
        Bytes encoded = frame.encode(kit);
        int header = encoded.size() - frame.payload().size();
        if (bytes >= header) {
            Bytes payload = frame.payload().slice(0, bytes - header);
            sent.add(new Frame(
                    frame.fin(), frame.rsv(), frame.opcode(), frame.masking(), frame.form(), frame.length(), payload));
        }
        connection.send(encoded.slice(0, bytes));
    }

    private void finish() {
        finished = true;
        connection.finish();
    }

    private void barrier() throws InterruptedException {
        List<Outcome> outcomes = outcomes();
        if (outcomes.stream().noneMatch(Outcome::open)) {
            return;
        }
        Deadline deadline = Deadline.in(peer.patience());
        while (!history.ending() && !Judge.satisfied(outcomes, history)) {
            if (Judge.hopeless(outcomes, history) || !advance(deadline)) {
                findings.object("there were "
                        + history.messages().size() + " messages and "
                        + history.pongs().size() + " pongs when the kit gave up, and should be " + outcomes);
                return;
            }
        }
        // Otherwise a Close that comes too early could pass for the answer to one that the kit sends next.
        if (history.ending() && outcomes.stream().allMatch(Outcome::open)) {
            findings.object("the connection was ended before it was time");
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (concluded) {
            return;
        }
        concluded = true;
        if (!reset) {
            sayClose();
            awaitEnd();
            judge();
        }
        connection.close();
    }

    @Override
    public boolean endsFirst(Duration window) throws InterruptedException {
        sayClose();
        Deadline patience = Deadline.in(peer.patience());
        while (!history.ending() && advance(patience)) {
            // Each turn reads what has come.
        }
        Deadline deadline = Deadline.in(window);
        while (history.end().isEmpty() && advance(deadline)) {
            // Each turn reads what has come.
        }
        // Measured again, because a busy machine may have woken this thread late.
        boolean first = history.end().isPresent() && deadline.remaining() > 0;
        close();
        return first;
    }

    /** Brings an open connection to its end: with a Close if one can be said, else with a FIN. */
    private void sayClose() throws InterruptedException {
        boolean open = outcomes().stream().anyMatch(Outcome::open);
        if (!open || finished || !findings.objections().isEmpty()) {
            return;
        }
        if (truncated || (!sent.isEmpty() && !sent.get(sent.size() - 1).complete())) {
            finish();
            return;
        }
        barrier();
        if (!history.ending() && findings.objections().isEmpty()) {
            send(List.of(Frame.close(1000, "")), Segmentation.WHOLE);
        }
    }

    private void awaitEnd() throws InterruptedException {
        if (!findings.objections().isEmpty()) {
            return;
        }
        List<Outcome> outcomes = outcomes();
        Deadline deadline = Deadline.in(peer.patience());
        do {
            // A server ends TCP first, also when the kit is the server.
            if (kit == Role.SERVER && history.close().isPresent()) {
                connection.finish();
            }
        } while (history.end().isEmpty() && !Judge.hopeless(outcomes, history) && advance(deadline));
    }

    private void judge() {
        findings.add(monitor.violations());
        findings.add(history.violations());
        if (findings.objections().isEmpty()) {
            Judge.Finding finding = new Judge(peer.allowance()).judge(outcomes(), history, finished);
            finding.objections().forEach(findings::object);
            finding.remarks().forEach(findings::remark);
        }
    }

    private boolean advance(Deadline deadline) throws InterruptedException {
        Arrival arrival = connection.await(deadline);
        if (arrival instanceof Arrival.Data data) {
            for (Frame frame : decoder.feed(data.bytes())) {
                received.add(frame);
                monitor.accept(frame);
                history.add(frame);
            }
        } else if (arrival instanceof Arrival.End end) {
            history.end(end);
        }
        return arrival != Arrival.Other.TIMEOUT;
    }

    private List<Outcome> outcomes() {
        return ReferenceModel.allowed(sent, peer.limit(), kit, agreement);
    }
}
