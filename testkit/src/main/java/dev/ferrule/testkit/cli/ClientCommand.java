package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Report;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Judges a client that is a command. */
final class ClientCommand {
    private static final Option REPORTS =
            new Option("--exit-status", "", "judge its exit status, too: 0 if it was open, else it could not open");

    static final Command COMMAND = new Command(
            "client",
            "",
            0,
            0,
            "judges an echo client: a command that connects to a URL, echoes until the end, and exits",
            Setup.options(
                    List.of(Option.EXEC, REPORTS, Option.PROFILE, Option.ONLY, Option.SEED),
                    Setup.PEER,
                    List.of(Option.BASELINE, Option.REPORT)),
            ClientCommand::run);

    private ClientCommand() {}

    private static Status run(Arguments arguments, Console console) throws Exception {
        String command = arguments
                .text(Option.EXEC)
                .orElseThrow(() -> new UsageException("--exec is needed: " + Option.EXEC.usage()));
        List<String> words = CommandLine.split(command);
        if (words.stream().noneMatch(word -> word.contains("{url}"))) {
            throw new UsageException("--exec is '" + command + "', and has no {url} for the URL to connect to");
        }
        Peer peer = Setup.peer(arguments, command, Role.CLIENT);
        if (!arguments.has(REPORTS)) {
            Set<Capability> lacks = EnumSet.of(Capability.HANDSHAKE_REPORTS);
            lacks.addAll(peer.lacks());
            peer = peer.lacking(lacks);
        }
        Verdicts verdicts = Verdicts.of(arguments, console, Role.CLIENT);
        try (Commanded client = new Commanded(words, peer.patience().multipliedBy(4))) {
            List<Scenario> plan = Setup.plan(arguments, Role.CLIENT, peer.limit());
            Peer judged = Probe.offersCompression(peer, client) ? peer.compressing() : peer;
            ConformanceRun run = ConformanceRun.ofClient(judged, client, plan);
            long begin = System.nanoTime();
            Report report = run.run(new Progress(console, run.plan().size()));
            return verdicts.tell(report, peer.strict(), System.nanoTime() - begin);
        }
    }
}
