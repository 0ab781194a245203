package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.Segmentation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One scenario.
 *
 * @param id a stable address: the first requirement, a slash, and what is special
 * @param requirements the ids of the rules that it verifies
 * @param level how binding they are for it
 * @param side whom it concerns
 * @param what what is special about it, in words
 * @param needs capabilities without which it makes no sense
 * @param size the largest message that must pass for it to make sense
 * @param play what it does
 */
public record Scenario(
        String id,
        List<String> requirements,
        Level level,
        Side side,
        String what,
        Set<Capability> needs,
        long size,
        Play play) {
    /** Copies the collections and checks the ids. */
    public Scenario {
        requirements = List.copyOf(requirements);
        needs = Set.copyOf(needs);
        requirements.forEach(Requirements::of);
    }

    /**
     * A scenario whose level and side are those of its requirement.
     *
     * @param id the id, which begins with the requirement's
     * @param what what is special
     * @param play what it does
     * @return the scenario
     */
    public static Scenario of(String id, String what, Play play) {
        Requirement requirement = Requirements.of(id.substring(0, id.lastIndexOf('/')));
        return new Scenario(
                id, List.of(requirement.id()), requirement.level(), requirement.side(), what, Set.of(), 0, play);
    }

    /**
     * A scenario of a connection that agrees to permessage-deflate.
     *
     * @param id the id, which begins with the requirement's
     * @param what what is special
     * @param frames what is sent, and must come back if it is right
     * @param cut how it is cut into writes
     * @return the scenario, for those that can compress
     */
    public static Scenario deflated(String id, String what, List<Frame> frames, Segmentation cut) {
        Play.Frames play =
                new Play.Frames(OfferScenarios.agreed(""), List.of(new Step.Send(frames, cut), Step.barrier()));
        return of(id, what, new Play.Deflated(play, true)).needing(Capability.DEFLATE);
    }

    /** {@return the sentence of the first requirement and what is special} */
    public String title() {
        return requirement().sentence() + ": " + what;
    }

    /** {@return the rule that the id names} */
    public Requirement requirement() {
        return Requirements.of(requirements.get(0));
    }

    /**
     * One of several with the same id.
     *
     * @param number which of them
     * @return the scenario with the number behind its id
     */
    public Scenario numbered(int number) {
        return new Scenario(id + "-" + number, requirements, level, side, what + " " + number, needs, size, play);
    }

    /** The same scenario for further rules. */
    Scenario also(String... more) {
        List<String> all = Stream.concat(requirements.stream(), Stream.of(more)).toList();
        return new Scenario(id, all, level, side, what, needs, size, play);
    }

    /** The same scenario at another level. */
    Scenario at(Level value) {
        return new Scenario(id, requirements, value, side, what, needs, size, play);
    }

    /** The same scenario for one side. */
    Scenario on(Side value) {
        return new Scenario(id, requirements, level, value, what, needs, size, play);
    }

    /** The same scenario for those that can do this. */
    Scenario needing(Capability value) {
        return needing(Set.of(value));
    }

    /** The same scenario for those that can do all of this. */
    Scenario needing(Set<Capability> values) {
        return new Scenario(id, requirements, level, side, what, values, size, play);
    }

    /** The same scenario for those that take messages of this size. */
    Scenario sized(long value) {
        return new Scenario(id, requirements, level, side, what, needs, value, play);
    }
}
