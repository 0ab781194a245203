package dev.ferrule.testkit.property;

import dev.ferrule.testkit.model.Message;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.scenario.Statuses;
import dev.ferrule.testkit.scenario.Step;
import dev.ferrule.testkit.scenario.Turns;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.CloseCodes;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Opcode;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generated scenarios. */
public final class Generated {
    /** Larger messages than this show nothing that these don't. */
    private static final int LARGE = 65_536;
    /** Messages of larger limits would take too long to send. */
    private static final int LARGEST_LIMIT = 1 << 20;

    private Generated() {}

    /**
     * Any messages, fragmented, interleaved with pings and pongs, masked and cut anyhow, must come back.
     *
     * @param limit the size of messages that the endpoint accepts
     * @return scenarios
     */
    public static Arbitrary<Scenario> echoes(MessageLimit limit) {
        return Combinators.combine(
                        Conversations.frames((int) Math.min(limit.bytes(), LARGE)),
                        Conversations.segmentations(),
                        Arbitraries.integers().between(0, 30))
                .as((frames, cut, pause) -> {
                    // A barrier anywhere, also inside a message: what came before it must be handled without what
                    // comes.
                    int index = Math.min(pause, frames.size());
                    List<Step> steps = List.of(
                            new Step.Send(frames.subList(0, index), cut),
                            Step.barrier(),
                            new Step.Send(frames.subList(index, frames.size()), cut),
                            Step.barrier());
                    return scenario("6455-6.2-1/generated", "any messages", steps);
                });
    }

    /**
     * Behind anything legal, any single violation must fail the connection, and junk behind it must go unheard.
     *
     * @return scenarios
     */
    public static Arbitrary<Scenario> offences() {
        return offences("6455-7.1.7-3/generated", Offences.frames());
    }

    /**
     * The same for lengths that are not in their shortest form, which receivers may also accept.
     *
     * @return scenarios
     */
    public static Arbitrary<Scenario> longLengths() {
        return offences("6455-5.2-4b/generated", Offences.longLengths());
    }

    /**
     * All kinds of generated scenarios that every endpoint must stand.
     *
     * @param role the role of the endpoint under test
     * @param limit the size of messages that it accepts
     * @return an arbitrary for each kind
     */
    public static List<Arbitrary<Scenario>> kinds(Role role, MessageLimit limit) {
        List<Arbitrary<Scenario>> kinds = new ArrayList<>(List.of(echoes(limit), offences()));
        kinds.addAll(others(limit));
        kinds.addAll(compressions(limit));
        kinds.addAll(role == Role.SERVER ? List.of(requests(), badRequests()) : List.of(responses(), badResponses()));
        return kinds;
    }

    /**
     * What concerns every connection besides messages and violations: texts, closes, sudden ends, segments, other
     * connections, the limit.
     *
     * @param limit the size of messages that the endpoint under test accepts
     * @return an arbitrary for each kind
     */
    public static List<Arbitrary<Scenario>> others(MessageLimit limit) {
        List<Arbitrary<Scenario>> others =
                new ArrayList<>(List.of(texts(), closes(), deaths(), twice(), interleaved()));
        if (limit.bytes() <= LARGEST_LIMIT) {
            others.add(limits(limit));
        }
        return others;
    }

    /**
     * What concerns connections that compress: any blocks, damaged ones, the limit.
     *
     * @param limit the size of messages that the endpoint under test accepts
     * @return an arbitrary for each kind
     */
    public static List<Arbitrary<Scenario>> compressions(MessageLimit limit) {
        List<Arbitrary<Scenario>> compressions = new ArrayList<>(List.of(compressed(), damaged()));
        if (limit.bytes() <= LARGEST_LIMIT) {
            compressions.add(compressedLimits(limit));
        }
        return compressions;
    }

    /**
     * Messages a byte below the limit, of just the limit, and a byte above it, in any fragments.
     *
     * @param limit the size of messages that the endpoint under test accepts
     * @return scenarios
     */
    public static Arbitrary<Scenario> limits(MessageLimit limit) {
        return Combinators.combine(
                        Arbitraries.of(Opcode.TEXT, Opcode.BINARY),
                        sizes(limit),
                        Arbitraries.integers().between(0, 1000).list().ofMaxSize(4),
                        Arbitraries.longs())
                .as((opcode, size, cuts, seed) -> {
                    Message message = new Message(opcode, Bytes.repeat('m', size));
                    List<Frame> frames = new ArrayList<>(new Said(message, cuts, List.of(), seed).frames());
                    frames.add(Frame.text("behind it"));
                    return scenario(
                            "6455-10.4-1/generated",
                            "a message about as large as the limit",
                            List.of(new Step.Send(frames, Segmentation.WHOLE)));
                });
    }

    /**
     * The same compressed: the limit holds for what is inflated.
     *
     * @param limit the size of messages that the endpoint under test accepts
     * @return scenarios for those that agree to permessage-deflate
     */
    public static Arbitrary<Scenario> compressedLimits(MessageLimit limit) {
        return Combinators.combine(
                        sizes(limit).map(size -> Bytes.repeat('m', size)),
                        // Stored, it would be larger than the limit before it is inflated.
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(0, 1000).list().ofMaxSize(4))
                .as((message, kind, cuts) -> {
                    List<Frame> frames =
                            new ArrayList<>(new Compressed(List.of(message), List.of(kind), cuts, -1).frames());
                    frames.add(Frame.text("behind it"));
                    return Scenario.deflated(
                            "7692-inv-2/generated",
                            "a message about as large as the limit",
                            frames,
                            Segmentation.WHOLE);
                });
    }

    private static Arbitrary<Integer> sizes(MessageLimit limit) {
        int just = (int) limit.bytes();
        return limit.exact() ? Arbitraries.of(just, just + 1, just - 1) : Arbitraries.of(just, just - 1);
    }

    /**
     * Two connections in turns, each of which must know nothing of the other.
     *
     * @return scenarios
     */
    public static Arbitrary<Scenario> interleaved() {
        return Combinators.combine(
                        Conversations.frames(300),
                        Conversations.frames(300),
                        Arbitraries.of(true, false).list().ofMaxSize(12),
                        Conversations.segmentations())
                .as((one, other, turns, cut) -> Scenario.of(
                        "6455-6.2-1/interleaved",
                        "two connections in turns",
                        new Play.Scripted(new Turns(one, other, turns, cut))));
    }

    /**
     * Bytes that are UTF-8 or not, as text, in any fragments.
     *
     * @return scenarios
     */
    public static Arbitrary<Scenario> texts() {
        Arbitrary<Bytes> pieces = Arbitraries.of(
                        "61",
                        "c3a9",
                        "e282ac",
                        "f09f9880",
                        "efbfbf",
                        "f48fbfbf",
                        "eda080",
                        "c0af",
                        "e28261",
                        "f0908061",
                        "f4908080",
                        "80",
                        "ff",
                        "c3",
                        "e282")
                .map(Bytes::hex);
        Arbitrary<Bytes> valid = Arbitraries.of("61", "c3a9", "e282ac", "f09f9880", "ed9fbf", "ee8080")
                .map(Bytes::hex);
        Arbitrary<Bytes> text = Combinators.combine(
                        valid.list().ofMaxSize(30), pieces.list().ofMaxSize(2))
                .as((good, any) -> Bytes.concat(good).plus(Bytes.concat(any)));
        return Combinators.combine(
                        text,
                        Arbitraries.integers().between(0, 1000).list().ofMaxSize(6),
                        Conversations.segmentations())
                .as((bytes, cuts, segments) -> {
                    List<Frame> frames = new Said(new Message(Opcode.TEXT, bytes), cuts, List.of(), 7).frames();
                    List<Step> steps = List.of(
                            new Step.Send(frames, segments), Step.barrier(), Step.send(Frame.text("behind it")));
                    return scenario("6455-5.6-1/generated", "any bytes as text", steps);
                });
    }

    /**
     * Any close code with any reason, also one that is none.
     *
     * @return scenarios
     */
    public static Arbitrary<Scenario> closes() {
        Arbitrary<Integer> codes = Arbitraries.oneOf(
                        Arbitraries.integers().between(990, 1020),
                        Arbitraries.integers().between(2990, 5010),
                        Arbitraries.integers().between(0, 65_535))
                // Of those that are not assigned, and of 1010 to a client, the RFC says nothing.
                .filter(code -> CloseCodes.kind(code) != CloseCodes.Kind.UNASSIGNED)
                .filter(code -> code != CloseCodes.MANDATORY_EXTENSION);
        Arbitrary<Bytes> reasons = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 123).map(size -> Bytes.repeat('r', size)),
                Arbitraries.of("", "c3a9", "f09f9880", "ff", "eda080", "c3").map(Bytes::hex));
        return Combinators.combine(codes, reasons, Conversations.segmentations())
                .as((code, reason, cut) -> {
                    List<Frame> frames =
                            List.of(Frame.text("before"), Frame.close(code, reason), Frame.text("behind it"));
                    return scenario(
                            "6455-7.4.2-1/generated", "any close code and reason", List.of(new Step.Send(frames, cut)));
                });
    }

    /**
     * A connection that ends suddenly, anywhere, and another one that must work.
     *
     * @return scenarios
     */
    public static Arbitrary<Scenario> deaths() {
        return Combinators.combine(
                        Conversations.frames(300), Arbitraries.integers().between(0, 60), Arbitraries.of(true, false))
                .as((frames, bytes, reset) -> {
                    List<Step> steps = new ArrayList<>();
                    steps.add(new Step.Send(frames, Segmentation.WHOLE));
                    steps.add(new Step.SendPart(Frame.binary(Bytes.pattern(100)), bytes));
                    steps.add(reset ? new Step.Reset() : new Step.Finish());
                    Play.Frames death = new Play.Frames(Opening.CORRECT, steps);
                    Play.Frames next = new Play.Frames(
                            Opening.CORRECT, List.of(Step.send(Frame.text("still there?")), Step.barrier()));
                    return Scenario.of(
                            "6455-7.2.1-2/generated",
                            "a sudden end, then an echo",
                            new Play.Many(List.of(death, next)));
                });
    }

    /**
     * The same bytes in two segmentations, of which nobody may notice anything.
     *
     * @return scenarios
     */
    public static Arbitrary<Scenario> twice() {
        return Combinators.combine(
                        Conversations.frames(2000),
                        Offences.frames(),
                        Arbitraries.of(true, false),
                        Conversations.segmentations(),
                        Conversations.segmentations())
                .as((frames, offence, bad, one, other) -> {
                    List<Frame> all = new ArrayList<>(frames);
                    all.addAll(bad ? offence : List.of());
                    Play.Frames first = new Play.Frames(Opening.CORRECT, List.of(new Step.Send(all, one)));
                    Play.Frames second = new Play.Frames(Opening.CORRECT, List.of(new Step.Send(all, other)));
                    return Scenario.of(
                            "6455-6.2-1/twice", "the same in two segmentations", new Play.Many(List.of(first, second)));
                });
    }

    /**
     * Requests with changes that don't matter.
     *
     * @return scenarios for servers
     */
    public static Arbitrary<Scenario> requests() {
        return Combinators.combine(Handshakes.goodRequests(), Conversations.segmentations())
                .as((request, cut) -> opened(
                        "6455-4.2.1-9/generated", Opening.CORRECT.with(request).cut(cut)));
    }

    /**
     * Requests with one change that matters.
     *
     * @return scenarios for servers
     */
    public static Arbitrary<Scenario> badRequests() {
        return Combinators.combine(Handshakes.badRequests(), Conversations.segmentations())
                .as((request, cut) -> Scenario.of(
                        "6455-4.2-2/generated",
                        "a request that breaks one rule",
                        new Play.Refusal(
                                Opening.CORRECT.with(request).cut(cut).behind(Frame.text("behind it"), Frame.ping("?")),
                                Statuses.NOT_AN_UPGRADE)));
    }

    /**
     * Answers with changes that don't matter.
     *
     * @return scenarios for clients
     */
    public static Arbitrary<Scenario> responses() {
        return Combinators.combine(Handshakes.goodResponses(), Conversations.segmentations())
                .as((response, cut) -> opened(
                        "6455-4.1-19/generated", Opening.CORRECT.with(response).cut(cut)));
    }

    /**
     * Answers with one change that matters.
     *
     * @return scenarios for clients
     */
    public static Arbitrary<Scenario> badResponses() {
        return Handshakes.badResponses()
                .map(response -> Scenario.of(
                        "6455-4.1-12/generated",
                        "an answer that breaks one rule",
                        new Play.Refusal(Opening.CORRECT.with(response), Statuses.BAD_REQUEST)));
    }

    /**
     * Compressed messages of any blocks in any fragments, among plain ones.
     *
     * @return scenarios for those that agree to permessage-deflate
     */
    public static Arbitrary<Scenario> compressed() {
        return Combinators.combine(Compressed.legal().list().ofMinSize(1).ofMaxSize(3), Conversations.segmentations())
                .as((messages, cut) -> {
                    List<Frame> frames = new ArrayList<>();
                    messages.forEach(message -> {
                        frames.addAll(message.frames());
                        frames.add(Frame.text("plain"));
                    });
                    return Scenario.deflated("7692-7.2.2-1/generated", "any blocks", frames, cut);
                });
    }

    /**
     * Compressed messages with one bit turned over, which may make of them anything.
     *
     * @return scenarios for those that agree to permessage-deflate
     */
    public static Arbitrary<Scenario> damaged() {
        return Combinators.combine(Compressed.damaged(), Conversations.segmentations())
                .as((message, cut) -> {
                    List<Frame> frames = new ArrayList<>(message.frames());
                    frames.add(Frame.text("plain"));
                    return Scenario.deflated("7692-inv-1/generated", "one bit turned over", frames, cut);
                });
    }

    private static Scenario opened(String id, Opening opening) {
        return Scenario.of(
                id,
                "a handshake with changes that don't matter",
                new Play.Frames(opening, List.of(Step.send(Frame.text("behind it"), Frame.ping("?")), Step.barrier())));
    }

    private static Arbitrary<Scenario> offences(String id, Arbitrary<List<Frame>> offences) {
        return Combinators.combine(
                        Conversations.frames(300),
                        Arbitraries.of(true, false),
                        offences,
                        Offences.junk(),
                        Conversations.segmentations())
                .as((before, barrier, offence, junk, cut) -> {
                    List<Step> steps = new ArrayList<>();
                    List<Frame> last = new ArrayList<>();
                    if (barrier) {
                        steps.add(new Step.Send(before, Segmentation.WHOLE));
                        steps.add(Step.barrier());
                    } else {
                        last.addAll(before);
                    }
                    last.addAll(offence);
                    last.addAll(junk);
                    steps.add(new Step.Send(last, cut));
                    return scenario(id, "any violation", steps);
                });
    }

    private static Scenario scenario(String id, String what, List<Step> steps) {
        return Scenario.of(id, what, new Play.Frames(Opening.CORRECT, steps));
    }
}
