package dev.ferrule.examples;

import dev.ferrule.Client;
import dev.ferrule.Ferrule;
import dev.ferrule.Limits;
import dev.ferrule.Server;
import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.Deviation;
import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Report;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Capability;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Runs the testkit's scenarios against every adapter, each with the endpoint of the other examples. */
final class Conformance {
    static final Command COMMAND = new Command(
            "conformance", "runs the conformance of all adapters and prints the table", List.of(), Conformance::run);

    /** Rules that an adapter may declare not to keep, and what the kit calls that. */
    private static final Map<String, Capability> CAPABILITIES =
            Map.of("CL-3", Capability.REPLY_CODES, "CL-5", Capability.FAILURE_CODES, "RX-2", Capability.HEADER_LIMITS);

    private Conformance() {}

    private static int run(Arguments arguments, PrintStream out) throws Exception {
        List<Report> reports = new ArrayList<>();
        for (String engine : Serving.ENGINES) {
            reports.add(told(server(engine), out));
        }
        for (String engine : EchoClient.ENGINES) {
            reports.add(told(client(engine), out));
        }
        out.print("\n" + Report.matrix(reports));
        return reports.stream().allMatch(Report::good) ? 0 : 1;
    }

    /** At once, since the next takes a while. */
    private static Report told(Report report, PrintStream out) {
        out.println(report.peer() + ": " + report.results().size() + " scenarios");
        report.with(Verdict.FAIL).forEach(result -> out.print(result.explain()));
        return report;
    }

    private static Report server(String engine) throws Exception {
        try (Server server =
                Ferrule.server().adapter(engine).route("/echo", new Echo()).start()) {
            return ConformanceRun.ofServer(peer(engine, Role.SERVER).strictly(), server.uri("/echo"))
                    .run();
        }
    }

    private static Report client(String engine) throws Exception {
        try (Client client = Ferrule.client().adapter(engine).build()) {
            return ConformanceRun.ofClient(peer(engine, Role.CLIENT), (uri, opened) -> echo(client, uri, opened))
                    .run();
        }
    }

    /** A failure of a requirement that the adapter declares is known; its own tests see to it that the list is short. */
    private static Peer peer(String engine, Role role) {
        Map<String, String> deviations = deviations(engine, role);
        Set<Capability> lacks = EnumSet.noneOf(Capability.class);
        CAPABILITIES.forEach((rule, capability) -> {
            if (deviations.containsKey(rule)) {
                lacks.add(capability);
            }
        });
        Peer peer = Peer.named(engine + " " + role.name().toLowerCase(Locale.ROOT))
                .lacking(lacks)
                .limitedTo(MessageLimit.exactly(Limits.DEFAULTS.messageBytes()));
        for (Map.Entry<String, String> deviation : deviations.entrySet()) {
            peer = peer.knownToFailAtTimes(deviation.getKey() + "/*", deviation.getValue());
        }
        return peer;
    }

    /** What the adapter declares that its engine can't do: reason by rule. */
    private static Map<String, String> deviations(String engine, Role role) {
        return ServiceLoader.load(AdapterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(adapter -> adapter.name().equals(engine))
                .flatMap(adapter -> adapter.deviations(role).stream())
                .collect(Collectors.toMap(Deviation::rule, Deviation::reason));
    }

    private static CompletionStage<?> echo(Client client, URI uri, Runnable opened) {
        EchoClient endpoint = new EchoClient();
        try {
            return client.connect(uri, endpoint).thenCompose(connection -> {
                opened.run();
                return endpoint.closed();
            });
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
