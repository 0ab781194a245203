package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Report;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.net.URI;
import java.util.List;

/** Judges a server by its URL. */
final class RunCommand {
    static final Command COMMAND = new Command(
            "run",
            "URL",
            1,
            1,
            "judges the echo server at a ws or wss URL",
            Setup.options(
                    List.of(Option.PROFILE, Option.ONLY, Option.SEED),
                    Setup.PEER,
                    Setup.ACCESS,
                    List.of(Option.BASELINE, Option.REPORT)),
            RunCommand::run);

    private RunCommand() {}

    private static Status run(Arguments arguments, Console console) throws Exception {
        URI uri = Setup.url(arguments.operand(0));
        Peer peer = Setup.reached(Setup.peer(arguments, uri.toString(), Role.SERVER), arguments);
        Verdicts verdicts = Verdicts.of(arguments, console, Role.SERVER);
        List<Scenario> plan = Setup.plan(arguments, Role.SERVER, peer.limit());
        Probe.reach(peer, uri);
        Peer judged = Probe.compresses(peer, uri) ? peer.compressing() : peer;
        ConformanceRun run = ConformanceRun.ofServer(judged, uri, plan);
        long begin = System.nanoTime();
        Report report = run.run(new Progress(console, run.plan().size()));
        return verdicts.tell(report, peer.strict(), System.nanoTime() - begin);
    }
}
