package dev.ferrule.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.bench.load.Figure;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** With processes, as in earnest, but for an instant. */
class RunnerTest {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    private final List<Integer> kept = new ArrayList<>();

    private List<Result.Run> run(String cell, int rounds, String... subjects) throws Exception {
        Plan plan = new Plan(rounds, 0.001, 0.001);
        try (Runner runner = new Runner(Cells.cell(cell), plan, Cores.find(), NOWHERE)) {
            return runner.run(List.of(subjects), runs -> kept.add(runs.size()));
        }
    }

    @Test
    @DisplayName("Servers are measured in turn, round by round, and one that can't start fails alone")
    void servers() throws Exception {
        List<Result.Run> runs = run("16-T-2x2", 2, "nio", "nonsense");
        assertEquals(
                List.of("1 nio", "1 nonsense", "2 nio", "2 nonsense"),
                runs.stream().map(run -> run.round() + " " + run.subject()).toList());
        assertEquals(List.of(2, 4), kept);
        assertTrue(runs.get(0).figures().get(Figure.RATE) > 0);
        assertTrue(runs.get(2).failure().isEmpty());
        assertTrue(
                runs.get(1).failure().contains("there is no server 'nonsense'"),
                runs.get(1).failure());
    }

    @Test
    @DisplayName("A client is measured against the hand-written server")
    void client() throws Exception {
        List<Result.Run> runs = run("client-16-T-2x2", 1, "jdk-client");
        assertEquals("", runs.get(0).failure());
        assertTrue(runs.get(0).figures().get(Figure.RATE) > 0);
    }
}
