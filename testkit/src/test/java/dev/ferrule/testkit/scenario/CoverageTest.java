package dev.ferrule.testkit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.wire.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No requirement is forgotten: it has a scenario for each side that it binds, or a reason why not. */
class CoverageTest {
    private static final MessageLimit LIMIT = MessageLimit.exactly(65_536);

    @Test
    void everyRequirementHasScenarioOrReason() {
        List<String> forgotten = new ArrayList<>();
        for (Role role : Role.values()) {
            Set<String> covered = covered(role);
            Requirements.all().stream()
                    .filter(requirement -> requirement.side().binds(role))
                    .filter(requirement -> requirement.untested().isEmpty())
                    .filter(requirement -> !covered.contains(requirement.id()))
                    .forEach(requirement -> forgotten.add(role + " " + requirement.id()));
        }
        assertEquals(List.of(), forgotten);
    }

    @Test
    void reasonsAreGivenOnlyWhereTheyAreNeeded() {
        Set<String> covered = covered(Role.SERVER);
        covered.addAll(covered(Role.CLIENT));
        List<String> needless = Requirements.all().stream()
                .filter(requirement -> !requirement.untested().isEmpty() && covered.contains(requirement.id()))
                .map(Requirement::id)
                .toList();
        assertEquals(List.of(), needless);
    }

    @Test
    void thereAreHundredsOfScenariosForEachRole() {
        assertTrue(Catalog.of(Role.SERVER, LIMIT).size() > 600);
        assertTrue(Catalog.of(Role.CLIENT, LIMIT).size() > 550);
    }

    @Test
    void requirementsSayTheirSections() {
        assertEquals("RFC 6455 section 5.5.1", Requirements.of("6455-5.5.1-2").section());
        assertEquals("RFC 9110 section 8.6", Requirements.of("9110-8.6-1").section());
        assertEquals("RFC 6455 erratum 3150", Requirements.of("6455-err3150").section());
    }

    private static Set<String> covered(Role role) {
        Set<String> ids = new HashSet<>();
        Catalog.of(role, LIMIT).forEach(scenario -> ids.addAll(scenario.requirements()));
        Catalog.overTls(role, LIMIT).forEach(scenario -> ids.addAll(scenario.requirements()));
        return ids;
    }
}
