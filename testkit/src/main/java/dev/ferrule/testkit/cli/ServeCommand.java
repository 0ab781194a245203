package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireConnection;
import dev.ferrule.testkit.wire.WireServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Waits for clients under test. */
final class ServeCommand {
    private static final Option DEFLATE =
            new Option("--deflate", "", "the clients offer permessage-deflate, and are judged by it");
    private static final Option ONCE =
            new Option("--once", "", "end with the first report that a client asks for, with the status of its run");

    static final Command COMMAND = new Command(
            "serve",
            "",
            0,
            0,
            "waits for clients under test: Autobahn's control protocol, and one URL per scenario",
            Setup.options(
                    List.of(Option.PORT, Option.HOST, ONCE, DEFLATE, Option.PROFILE, Option.ONLY, Option.SEED),
                    Setup.PEER,
                    List.of(Option.BASELINE, Option.REPORT)),
            ServeCommand::run);

    private ServeCommand() {}

    private static Status run(Arguments arguments, Console console) throws Exception {
        Peer peer = Setup.peer(arguments, "client", Role.CLIENT);
        boolean deflate = arguments.has(DEFLATE);
        List<Scenario> plan = Setup.plan(arguments, Role.CLIENT, peer.limit()).stream()
                .filter(scenario -> deflate || !scenario.needs().contains(Capability.DEFLATE))
                .toList();
        Verdicts verdicts = Verdicts.of(arguments, console, Role.CLIENT);
        int port = (int) arguments.number(Option.PORT, 9001, 0, 65_535);
        try (WireServer server = WireServer.listen(address(arguments), port)) {
            Reception reception = new Reception(deflate ? peer.compressing() : peer, plan, server, verdicts, console);
            console.line(reception.cases().size() + " cases at " + server.uri("/")
                    + ", each scenario also at its own URL: " + server.uri("/scenario/ID"));
            while (!arguments.has(ONCE) || reception.reported().isEmpty()) {
                accept(server, reception);
            }
            return reception.reported().orElseThrow();
        }
    }

    private static void accept(WireServer server, Reception reception) {
        try {
            // Short, so that the end of a run is noticed.
            WireConnection connection = server.accept(Duration.ofMillis(100));
            Thread thread = new Thread(() -> reception.receive(connection), "testkit-reception");
            thread.setDaemon(true);
            thread.start();
        } catch (SocketTimeoutException e) {
            // Nobody came, which is no reason to stop.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static InetAddress address(Arguments arguments) throws UsageException {
        String host = arguments.text(Option.HOST).orElse("127.0.0.1");
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UsageException("--host is '" + host + "', which is no address of this machine");
        }
    }
}
