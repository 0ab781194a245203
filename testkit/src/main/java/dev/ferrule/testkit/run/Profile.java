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
import java.util.function.Predicate;
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
        return plan(role, limit, seed, id -> true);
    }

    /**
     * {@return what is played of it}
     *
     * @param role the role of the endpoint under test
     * @param limit the size of messages that it accepts
     * @param seed of what is generated
     * @param only which ids are wanted; it is asked once for each, and what isn't wanted is not generated either
     */
    public List<Scenario> plan(Role role, MessageLimit limit, long seed, Predicate<String> only) {
        List<Scenario> fixed = new ArrayList<>(Catalog.of(role, limit));
        if (this == NIGHTLY) {
            fixed.addAll(Catalog.exhaustive());
        }
        List<Scenario> plan = new ArrayList<>();
        (this == SMOKE ? few(fixed) : fixed)
                .stream().filter(scenario -> only.test(scenario.id())).forEach(plan::add);
        if (generated > 0) {
            Generated.kinds(role, limit).forEach(kind -> generate(kind, seed, only, plan));
        }
        return List.copyOf(plan);
    }

    private void generate(Arbitrary<Scenario> kind, long seed, Predicate<String> only, List<Scenario> plan) {
        Scenario first = Sampler.first(kind, seed, 1).get(0);
        Sampler.inSession(() -> {
            for (int i = 0; i < generated; i++) {
                // All of a kind have the same id up to the number.
                if (only.test(first.numbered(i + 1).id())) {
                    plan.add(Sampler.at(kind, seed, i).value().numbered(i + 1));
                }
            }
            return plan;
        });
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
