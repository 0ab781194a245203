package dev.ferrule.testkit.scenario;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.wire.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All scenarios. */
public final class Catalog {
    /** The catalogues that were made last: to make one, megabytes are compressed bit by bit. */
    private static final Map<Map.Entry<Role, MessageLimit>, List<Scenario>> MADE = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Map.Entry<Role, MessageLimit>, List<Scenario>> eldest) {
            return size() > 4;
        }
    };

    private Catalog() {}

    /**
     * The scenarios for an endpoint, in the order of the standard.
     *
     * @param role the role of the endpoint under test
     * @param limit the size of messages that it accepts, which some scenarios probe
     * @return every scenario that concerns this role
     */
    public static List<Scenario> of(Role role, MessageLimit limit) {
        synchronized (MADE) {
            return MADE.computeIfAbsent(Map.entry(role, limit), key -> make(role, limit));
        }
    }

    private static List<Scenario> make(Role role, MessageLimit limit) {
        List<Scenario> all = new ArrayList<>();
        all.addAll(RequestScenarios.all());
        all.addAll(NegotiationScenarios.all());
        all.addAll(ResponseScenarios.all());
        all.addAll(FramingScenarios.all(limit));
        all.addAll(HeaderTable.all());
        all.addAll(FragmentScenarios.all());
        all.addAll(ControlScenarios.all());
        all.addAll(CloseScenarios.all());
        all.addAll(TextScenarios.all());
        all.addAll(TransportScenarios.all(limit));
        all.addAll(OfferScenarios.all());
        all.addAll(DeflateScenarios.all());
        all.addAll(CorruptScenarios.all(limit));
        all.addAll(ScriptScenarios.all());
        List<String> order = Requirements.all().stream().map(Requirement::id).toList();
        List<Scenario> scenarios = all.stream()
                .filter(scenario -> scenario.side().binds(role))
                .sorted(Comparator.comparingInt(
                        scenario -> order.indexOf(scenario.requirement().id())))
                .toList();
        checkIds(scenarios);
        return scenarios;
    }

    /**
     * A selection that makes sense again over TLS, whose records cut bytes in other places.
     *
     * @param role the role of the endpoint under test
     * @param limit the size of messages that it accepts
     * @return scenarios whose ids begin with the requirement of TLS
     */
    public static List<Scenario> overTls(Role role, MessageLimit limit) {
        Set<String> again = Set.of(
                "6455-TCP-1",
                "6455-4.1-19",
                "6455-5.2-5",
                "6455-5.4-3",
                "6455-5.5.2-1",
                "6455-5.5.1-2",
                "6455-6.2-1",
                "6455-7.1.7-3",
                "6455-8.1-3");
        return of(role, limit).stream()
                .filter(scenario -> again.contains(scenario.requirement().id()))
                .filter(scenario -> !(scenario.play() instanceof Play.Many))
                .map(Catalog::overTls)
                .toList();
    }

    /**
     * What takes longer than anybody waits who is not asleep: every close code there is.
     *
     * @return scenarios for both roles
     */
    public static List<Scenario> exhaustive() {
        return CloseScenarios.everyCode();
    }

    private static Scenario overTls(Scenario scenario) {
        String what = scenario.requirement().sentence() + ": " + scenario.what();
        return Scenario.of("6455-10.6-1/" + scenario.id().replace('/', '-'), what, scenario.play())
                .also(scenario.requirement().id())
                .sized(scenario.size())
                .needing(scenario.needs());
    }

    private static void checkIds(List<Scenario> scenarios) {
        Set<String> seen = new HashSet<>();
        String twice =
                scenarios.stream().map(Scenario::id).filter(id -> !seen.add(id)).collect(Collectors.joining(", "));
        if (!twice.isEmpty()) {
            throw new IllegalStateException("two scenarios with the same id: " + twice);
        }
    }
}
