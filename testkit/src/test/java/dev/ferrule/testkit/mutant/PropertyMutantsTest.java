package dev.ferrule.testkit.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.property.Generated;
import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Property;

/** Generated scenarios find flaws too, without being told where to look. */
class PropertyMutantsTest {
    private static final int TRIES = 400;

    @Property(tries = 1, seed = "42")
    void echoesFindFlaws() throws IOException, InterruptedException {
        search(
                Generated.echoes(MessageLimit.exactly(TinyReader.LIMIT)),
                Flaw.WRONG_PONG,
                Flaw.CONTROL_WAITS,
                Flaw.CONTROL_ENDS_MESSAGE,
                Flaw.TYPE_OF_LAST,
                Flaw.EMPTY_FRAGMENT_ENDS,
                Flaw.UTF8_BY_FRAGMENT,
                Flaw.MASK_RUNS_ON,
                Flaw.ANSWERS_PONGS,
                Flaw.DROPS_EMPTY,
                Flaw.BINARY_AS_TEXT);
    }

    @Property(tries = 1, seed = "42")
    void offencesFindFlaws() throws IOException, InterruptedException {
        search(
                Generated.offences(),
                Flaw.ACCEPTS_UNMASKED,
                Flaw.ACCEPTS_UNMASKED_CONTROL,
                Flaw.ACCEPTS_RSV,
                Flaw.IGNORES_RESERVED_OPCODES,
                Flaw.ACCEPTS_LONE_CONTINUATION,
                Flaw.ACCEPTS_NESTED_MESSAGE,
                Flaw.ACCEPTS_LONG_CONTROL,
                Flaw.ACCEPTS_FRAGMENTED_CONTROL,
                Flaw.NO_UTF8_CHECK,
                Flaw.ANY_REASON,
                Flaw.ACCEPTS_ONE_BYTE_CLOSE,
                Flaw.ANSWERS_AFTER_FAILURE,
                Flaw.FAILS_WITH_1000,
                Flaw.FAILS_WITHOUT_CLOSE);
    }

    @Property(tries = 1, seed = "42")
    void limitsFindFlaws() throws IOException, InterruptedException {
        MessageLimit limit = MessageLimit.exactly(TinyReader.LIMIT);
        search(
                Generated.limits(limit),
                Flaw.NO_LIMIT,
                Flaw.LIMIT_PER_FRAME,
                Flaw.LIMIT_ONE_TOO_SMALL,
                Flaw.TOO_BIG_AS_1008);
        search(Generated.compressedLimits(limit), Flaw.LIMIT_BEFORE_INFLATION, Flaw.LIMIT_OF_INFLATED_OFF_BY_ONE);
    }

    @Property(tries = 1, seed = "42")
    void connectionsInTurnsFindFlaws() throws IOException, InterruptedException {
        search(Generated.interleaved(), Flaw.UTF8_STATE_OF_ALL);
    }

    private static void search(Arbitrary<Scenario> scenarios, Flaw... flaws) throws IOException, InterruptedException {
        List<Flaw> alive = new ArrayList<>();
        for (Flaw flaw : flaws) {
            if (!found(scenarios, flaw)) {
                alive.add(flaw);
            }
        }
        assertEquals(List.of(), alive);
    }

    private static boolean found(Arbitrary<Scenario> scenarios, Flaw flaw) throws IOException, InterruptedException {
        try (TinyServer server = new TinyServer(Flaws.only(flaw))) {
            ConformanceRun run =
                    ConformanceRun.ofServer(TinyPeers.server().waiting(Mutant.PATIENCE), server.uri(), List.of());
            for (int i = 0; i < TRIES; i++) {
                if (run.result(scenarios.sample()).verdict() == Verdict.FAIL) {
                    return true;
                }
            }
            return false;
        }
    }
}
