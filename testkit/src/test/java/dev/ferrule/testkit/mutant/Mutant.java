package dev.ferrule.testkit.mutant;

import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A tiny endpoint with one flaw, and how the scenarios of the requirement that it breaks are played against it. */
record Mutant(Flaw flaw, Role role) {
    /** A flaw that makes an endpoint silent is caught by patience, so there is little of it here. */
    static final Duration PATIENCE = Duration.ofMillis(400);

    /**
     * What the requirement's scenarios found.
     *
     * @param number how many there are
     * @param killers the ids of those that failed
     */
    record Hunt(int number, List<String> killers) {}

    static Stream<Mutant> all(Role role) {
        return Arrays.stream(Flaw.values())
                .filter(flaw -> flaw.side.binds(role))
                .map(flaw -> new Mutant(flaw, role));
    }

    /** Plays one scenario after another until so many have failed. */
    Hunt hunt(int enough) throws IOException, InterruptedException {
        if (role == Role.CLIENT) {
            return hunt(
                    ConformanceRun.ofClient(TinyPeers.client().waiting(PATIENCE), new TinyClient(Flaws.only(flaw))),
                    enough);
        }
        try (TinyServer server = new TinyServer(Flaws.only(flaw))) {
            return hunt(ConformanceRun.ofServer(TinyPeers.server().waiting(PATIENCE), server.uri()), enough);
        }
    }

    private Hunt hunt(ConformanceRun run, int enough) throws InterruptedException {
        List<Scenario> plan = run.only(scenario -> scenario.requirements().contains(flaw.requirement))
                .plan();
        List<String> killers = new ArrayList<>();
        for (Scenario scenario : plan) {
            if (killers.size() == enough) {
                break;
            }
            if (run.result(scenario).verdict() == Verdict.FAIL) {
                killers.add(scenario.id());
            }
        }
        return new Hunt(plan.size(), killers);
    }

    @Override
    public String toString() {
        return flaw.toString();
    }
}
