package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.property.Sampler;
import dev.ferrule.testkit.report.ScenarioJson;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Result;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;

/** Plays generated scenarios until one fails or time is over. */
final class FuzzCommand {
    static final Command COMMAND = new Command(
            "fuzz",
            "URL",
            1,
            1,
            "plays generated scenarios until one fails, shrinks that one, and writes a file for replay",
            Setup.options(List.of(Option.SEED, Option.TIME), Setup.PEER, Setup.ACCESS, List.of(Option.REPORT)),
            FuzzCommand::run);

    private static final int SHRINKING = 400;

    private FuzzCommand() {}

    private static Status run(Arguments arguments, Console console) throws Exception {
        URI uri = Setup.url(arguments.operand(0));
        Peer peer = Setup.reached(Setup.peer(arguments, uri.toString(), Role.SERVER), arguments);
        long seed = Setup.seed(arguments);
        Duration time = arguments.time(Option.TIME, Duration.ofSeconds(60));
        Probe.reach(peer, uri);
        List<Arbitrary<Scenario>> kinds = Generated.kinds(Role.SERVER, peer.limit());
        Peer judged = Probe.compresses(peer, uri) ? peer.compressing() : peer;
        ConformanceRun run = ConformanceRun.ofServer(judged, uri, List.of());
        Optional<Found> found = Sampler.inSession(() -> search(kinds, run, seed, time, console));
        if (found.isEmpty()) {
            return Status.GOOD;
        }
        tell(
                found.get(),
                arguments,
                console,
                run,
                "fuzz-" + seed + "-" + found.get().index() + ".json",
                uri);
        return Status.FAILED;
    }

    /**
     * A failure.
     *
     * @param index which scenario of the series
     * @param drawn as it was drawn
     * @param smallest what is left of it
     */
    private record Found(int index, Scenario drawn, Scenario smallest) {}

    private static Optional<Found> search(
            List<Arbitrary<Scenario>> kinds, ConformanceRun run, long seed, Duration time, Console console) {
        long begin = System.nanoTime();
        int index = 0;
        while (System.nanoTime() - begin < time.toNanos()) {
            Shrinkable<Scenario> drawn = Sampler.at(kinds.get(index % kinds.size()), seed, index);
            Scenario scenario = drawn.value();
            if (fails(run, scenario)) {
                console.progress("a scenario failed, looking for a smaller one");
                Shrinkable<Scenario> smallest = Sampler.smallest(drawn, one -> fails(run, one), SHRINKING);
                return Optional.of(new Found(index, scenario, smallest.value()));
            }
            index++;
            if (index % 50 == 0 && console.terminal()) {
                console.progress(index + " scenarios, none failed");
            }
        }
        console.line(index + " scenarios of seed " + seed + ", none failed");
        return Optional.empty();
    }

    private static void tell(
            Found found, Arguments arguments, Console console, ConformanceRun run, String name, URI uri)
            throws Exception {
        Result result = run.result(found.smallest());
        // One that passes now fails at times; then the one that was drawn says more than the small one.
        boolean steady = result.verdict() == Verdict.FAIL;
        Scenario told = steady ? found.smallest() : found.drawn();
        console.line(console.coloured(Verdict.FAIL, "FAIL " + told.id()));
        console.block((steady ? result : run.result(told)).explain());
        Path folder = Path.of(arguments.text(Option.REPORT).orElse("."));
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        if (ScenarioJson.writable(told)) {
            Files.writeString(file, ScenarioJson.write(told));
            console.line("play it again: testkit replay " + file + " " + uri);
        } else {
            console.line("play it again: testkit fuzz " + uri + " --seed " + Setup.seed(arguments) + " from the start");
        }
    }

    private static boolean fails(ConformanceRun run, Scenario scenario) {
        try {
            return run.result(scenario).verdict() == Verdict.FAIL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
