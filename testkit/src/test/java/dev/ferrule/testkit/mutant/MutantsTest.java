package dev.ferrule.testkit.mutant;

import static org.junit.jupiter.api.Assertions.fail;

import dev.ferrule.testkit.wire.Role;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every flaw is caught by a scenario of its requirement. */
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {
    static Stream<Mutant> servers() {
        return Mutant.all(Role.SERVER);
    }

    static Stream<Mutant> clients() {
        return Mutant.all(Role.CLIENT);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void serverIsCaught(Mutant mutant) throws IOException, InterruptedException {
        caught(mutant);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void clientIsCaught(Mutant mutant) throws IOException, InterruptedException {
        caught(mutant);
    }

    /** The first scenario that fails is enough. */
    private static void caught(Mutant mutant) throws IOException, InterruptedException {
        Mutant.Hunt hunt = mutant.hunt(1);
        if (hunt.killers().isEmpty()) {
            fail(mutant + " lives: " + hunt.number() + " scenarios of " + mutant.flaw().requirement);
        }
    }
}
