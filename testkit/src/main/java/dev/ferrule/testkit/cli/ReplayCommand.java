package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.report.Card;
import dev.ferrule.testkit.report.Row;
import dev.ferrule.testkit.report.ScenarioJson;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Profile;
import dev.ferrule.testkit.run.Result;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Plays again what failed: the scenario of a file that fuzz wrote, or the failures of a report. */
final class ReplayCommand {
    static final Command COMMAND = new Command(
            "replay",
            "FILE URL",
            2,
            2,
            "plays a file of fuzz, or the failures of a report.json, again and shows all that goes over the wire",
            Setup.options(Setup.PEER, Setup.ACCESS),
            ReplayCommand::run);

    private ReplayCommand() {}

    private static Status run(Arguments arguments, Console console) throws Exception {
        URI uri = Setup.url(arguments.operand(1));
        Peer peer = Setup.reached(Setup.peer(arguments, uri.toString(), Role.SERVER), arguments);
        List<Scenario> scenarios = scenarios(Path.of(arguments.operand(0)), peer);
        Probe.reach(peer, uri);
        ConformanceRun run = ConformanceRun.ofServer(peer, uri, scenarios).recordingAll();
        boolean good = true;
        for (Scenario scenario : scenarios) {
            Result result = run.result(scenario);
            good &= result.verdict().good();
            console.line(console.coloured(result.verdict(), result.verdict() + " " + scenario.id()));
            console.block(result.explain().lines().skip(1).collect(Collectors.joining("\n")));
        }
        return good ? Status.GOOD : Status.FAILED;
    }

    private static List<Scenario> scenarios(Path file, Peer peer) throws Exception {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file);
        }
        if (!text.contains(Card.FORMAT)) {
            try {
                return List.of(ScenarioJson.read(text));
            } catch (IllegalArgumentException e) {
                throw new UsageException(file + ": " + e.getMessage());
            }
        }
        Card card = Verdicts.card(file);
        Set<String> failed = card.rows().stream()
                .filter(row -> row.verdict() == Verdict.FAIL)
                .map(Row::id)
                .collect(Collectors.toSet());
        List<Scenario> scenarios = Profile.NIGHTLY.plan(Role.SERVER, peer.limit(), card.seed(), failed::contains);
        if (scenarios.isEmpty()) {
            throw new UsageException(file + ": nothing failed in this report");
        }
        return scenarios;
    }
}
