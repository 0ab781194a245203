package dev.ferrule.testkit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.scenario.Catalog;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A scenario that failed can be kept in a file and played again. */
class ScenarioJsonTest {
    private static final MessageLimit LIMIT = MessageLimit.exactly(2000);

    /** Written twice, since what only clients see of an opening handshake isn't kept. */
    private static void samePlay(Scenario scenario) {
        String written = ScenarioJson.write(scenario);
        Scenario read = ScenarioJson.read(written);
        assertEquals(scenario.id(), read.id());
        assertEquals(scenario.needs(), read.needs());
        assertEquals(scenario.play().getClass(), read.play().getClass());
        assertEquals(written, ScenarioJson.write(read));
    }

    @Provide
    Arbitrary<Scenario> generated() {
        return Arbitraries.oneOf(Generated.kinds(Role.SERVER, LIMIT));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void everyGeneratedScenarioIsReadAsItWasWritten(@ForAll("generated") Scenario scenario) {
        assertTrue(ScenarioJson.writable(scenario));
        samePlay(scenario);
        if (scenario.play() instanceof Play.Frames) {
            assertEquals(
                    scenario.play(),
                    ScenarioJson.read(ScenarioJson.write(scenario)).play());
        }
    }

    @Example
    void soIsEveryFixedOneButScripts() {
        for (Scenario scenario : Catalog.of(Role.SERVER, LIMIT)) {
            boolean script = scenario.play() instanceof Play.Scripted;
            assertEquals(!script, ScenarioJson.writable(scenario));
            if (script) {
                assertThrows(IllegalArgumentException.class, () -> ScenarioJson.write(scenario));
            } else {
                assertEquals(
                        scenario.play().getClass(),
                        ScenarioJson.read(ScenarioJson.write(scenario)).play().getClass());
            }
        }
    }

    @Example
    void anythingElseIsRefusedInWords() {
        for (String text : new String[] {"[]", "{}", "{\"format\": \"ferrule-testkit-scenario-1\"}"}) {
            String said = assertThrows(IllegalArgumentException.class, () -> ScenarioJson.read(text))
                    .getMessage();
            assertFalse(said.isBlank());
        }
    }
}
