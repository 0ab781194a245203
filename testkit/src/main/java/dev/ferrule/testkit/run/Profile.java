package dev.ferrule.testkit.run;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.property.Sampler;
import dev.ferrule.testkit.scenario.Catalog;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;

/** How much of the catalog is played. */
public enum Profile {
    /** A few scenarios of each requirement, within seconds. */
    SMOKE(0),
    /** Every scenario, and some that are generated. */
    FULL(20),
    /** All of that, more that are generated, and what is exhaustive at any price: every close code. */
    NIGHTLY(500);

    private static final int FEW = 3;

    private final int generated;

    Profile(int generated) {
        this.generated = generated;
    }

    /**
     * {@return what is played}
     *
     * @param role the role of the endpoint under test
     * @param limit the size of messages that it accepts
     * @param seed of what is generated
     */
    public List<Scenario> plan(Role role, MessageLimit limit, long seed) {
        List<Scenario> catalog = Catalog.of(role, limit);
        if (this == SMOKE) {
            return few(catalog);
        }
        List<Scenario> plan = new ArrayList<>(catalog);
        if (this == NIGHTLY) {
            plan.addAll(Catalog.exhaustive());
        }
        int largest = (int) Math.min(limit.bytes(), 65_536);
        Generated.kinds(role, largest).forEach(kind -> generate(kind, seed, plan));
        return List.copyOf(plan);
    }

    private void generate(Arbitrary<Scenario> arbitrary, long seed, List<Scenario> plan) {
        int number = 1;
        for (Scenario scenario : Sampler.first(arbitrary, seed, generated)) {
            plan.add(scenario.numbered(number++));
        }
    }

    /** The first, the last and one in the middle of each requirement: neighbours are much alike. */
    private static List<Scenario> few(List<Scenario> catalog) {
        Map<String, List<Scenario>> families = new LinkedHashMap<>();
        catalog.stream()
                .filter(scenario -> !(scenario.play() instanceof Play.Many))
                .forEach(scenario -> families.computeIfAbsent(
                                scenario.requirement().id(), id -> new ArrayList<>())
                        .add(scenario));
        List<Scenario> few = new ArrayList<>();
        for (List<Scenario> family : families.values()) {
            int count = Math.min(FEW, family.size());
            for (int i = 0; i < count; i++) {
                few.add(family.get(count == 1 ? 0 : i * (family.size() - 1) / (count - 1)));
            }
        }
        return few;
    }
}
