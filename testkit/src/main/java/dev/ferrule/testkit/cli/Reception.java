package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.report.Json;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Peer;
import dev.ferrule.testkit.run.Report;
import dev.ferrule.testkit.run.Result;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Opening;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.WireConnection;
import dev.ferrule.testkit.wire.WireServer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Leads each client that comes to what its URL asks for. The numbered cases are those in which an ordinary handshake
 * succeeds, as Autobahn's do: a driver written for that may not survive one that fails. All others of one connection
 * have a URL of their own.
 */
final class Reception {
    private final Peer peer;
    private final List<Scenario> plan;
    private final List<Scenario> cases;
    private final WireServer server;
    private final Verdicts verdicts;
    private final Console console;
    private final Map<String, Map<String, Result>> agents = new ConcurrentHashMap<>();
    private volatile Optional<Status> reported = Optional.empty();

    Reception(Peer peer, List<Scenario> plan, WireServer server, Verdicts verdicts, Console console) {
        this.peer = peer;
        this.plan = plan.stream()
                .filter(scenario -> !(scenario.play() instanceof Play.Many))
                .filter(scenario -> !(scenario.play() instanceof Play.Scripted))
                .toList();
        this.cases = this.plan.stream().filter(Reception::ordinary).toList();
        this.server = server;
        this.verdicts = verdicts;
        this.console = console;
    }

    private static boolean ordinary(Scenario scenario) {
        return scenario.play() instanceof Play.Deflated
                || (scenario.play() instanceof Play.Frames frames
                        && frames.opening().response().equals(Opening.CORRECT.response()));
    }

    List<Scenario> cases() {
        return cases;
    }

    /** What came of the last report that a client asked for. */
    Optional<Status> reported() {
        return reported;
    }

    void receive(WireConnection connection) {
        try (connection) {
            Optional<HttpHead> head = connection.awaitHead(Deadline.in(peer.patience()));
            if (head.isPresent()) {
                lead(connection, head.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            console.complain("testkit serve: " + e);
        }
    }

    private void lead(WireConnection connection, HttpHead head) throws InterruptedException, IOException {
        String[] words = head.startLine().split(" ", -1);
        URI uri = uri(head, words.length > 1 ? words[1] : "/");
        Desk desk = new Desk(connection, head, peer.patience());
        Map<String, String> query = Desk.query(uri);
        String agent = query.getOrDefault("agent", peer.name());
        switch (uri.getPath()) {
            case "/getCaseCount" -> desk.say(String.valueOf(cases.size()));
            case "/getCaseInfo" -> asked(query).ifPresentOrElse(scenario -> desk.say(info(scenario)), desk::notFound);
            case "/getCaseStatus" ->
                asked(query).ifPresentOrElse(scenario -> desk.say(behavior(agent, scenario)), desk::notFound);
            case "/runCase" -> play(asked(query), connection, head, uri, agent, desk);
            case "/updateReports" -> {
                report(agent);
                desk.say("");
            }
            case "/" -> desk.page(index());
            default -> play(named(uri), connection, head, uri, agent, desk);
        }
    }

    private void play(
            Optional<Scenario> scenario, WireConnection connection, HttpHead head, URI uri, String agent, Desk desk)
            throws InterruptedException {
        if (scenario.isEmpty()) {
            desk.notFound();
            return;
        }
        Result result = ConformanceRun.ofAttached(peer, connection, head, uri).result(scenario.get());
        agents.computeIfAbsent(agent, name -> java.util.Collections.synchronizedMap(new LinkedHashMap<>()))
                .put(scenario.get().id(), result);
        if (!result.verdict().good()) {
            console.line(console.coloured(Verdict.FAIL, "FAIL " + scenario.get().id()) + " " + result.findings());
        }
    }

    private void report(String agent) throws IOException {
        Map<String, Result> results = agents.getOrDefault(agent, Map.of());
        Report report = new Report(agent, List.copyOf(results.values()));
        long nanos = results.values().stream()
                .mapToLong(result -> result.took().toNanos())
                .sum();
        reported = Optional.of(verdicts.tell(report, peer.strict(), nanos));
    }

    private Optional<Scenario> asked(Map<String, String> query) {
        String tuple = query.getOrDefault("casetuple", "");
        if (!tuple.isEmpty()) {
            return plan.stream().filter(scenario -> scenario.id().equals(tuple)).findFirst();
        }
        String number = query.getOrDefault("case", "");
        int index = number.matches("[0-9]{1,6}") ? Integer.parseInt(number) : 0;
        return index >= 1 && index <= cases.size() ? Optional.of(cases.get(index - 1)) : Optional.empty();
    }

    private Optional<Scenario> named(URI uri) {
        return plan.stream()
                .filter(scenario -> uri.getPath().equals("/scenario/" + scenario.id()))
                .findFirst();
    }

    private static String info(Scenario scenario) {
        return Json.write(Map.of("id", scenario.id(), "description", scenario.title()));
    }

    private String behavior(String agent, Scenario scenario) {
        Result result = agents.getOrDefault(agent, Map.of()).get(scenario.id());
        String word = result == null
                ? "UNIMPLEMENTED"
                : switch (result.verdict()) {
                    case PASS -> "OK";
                    case WARN -> "NON-STRICT";
                    case INFO -> "INFORMATIONAL";
                    case SKIP -> "UNIMPLEMENTED";
                    case KNOWN, FAIL -> "FAILED";
                };
        return Json.write(Map.of("behavior", word));
    }

    private String index() {
        StringBuilder text = new StringBuilder("One URL per scenario; ?agent=NAME names the client.\n\n");
        plan.forEach(scenario -> text.append(server.uri("/scenario/" + scenario.id()))
                .append("\n    ")
                .append(scenario.title())
                .append('\n'));
        return text.toString();
    }

    /** The URL that the client was given, as far as it can be told from its request. */
    private URI uri(HttpHead head, String target) {
        String host = head.fields().all("Host").stream().findFirst().orElse("");
        String port = ":" + server.uri("/").getPort();
        try {
            return host.endsWith(port) ? URI.create("ws://" + host + target) : server.uri(target);
        } catch (IllegalArgumentException e) {
            return server.uri("/");
        }
    }
}
