package dev.ferrule.testkit.property;

import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.scenario.Step;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generated scenarios. */
public final class Generated {
    private Generated() {}

    /**
     * Any messages, fragmented, interleaved with pings and pongs, masked and cut anyhow, must come back.
     *
     * @param largest the size of the largest message
     * @return scenarios
     */
    public static Arbitrary<Scenario> echoes(int largest) {
        return Combinators.combine(
                        Conversations.frames(largest),
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
