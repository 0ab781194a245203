package dev.ferrule.testkit.junit;

import dev.ferrule.testkit.run.ConformanceRun;
import dev.ferrule.testkit.run.Result;
import dev.ferrule.testkit.run.Verdict;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** A run as dynamic tests: a container per chapter, and a test that counts the others. */
final class ScenarioTests {
    private ScenarioTests() {}

    /** Starts the run at once, several scenarios at a time; each test waits for its own. */
    static Stream<DynamicNode> of(ConformanceRun run, Running running) {
        ExecutorService jobs = run.pool();
        List<Future<Result>> results = run.start(jobs);
        AtomicInteger ran = new AtomicInteger();
        Map<String, List<DynamicNode>> chapters = new LinkedHashMap<>();
        for (int i = 0; i < run.plan().size(); i++) {
            Scenario scenario = run.plan().get(i);
            Future<Result> result = results.get(i);
            chapters.computeIfAbsent(scenario.requirement().chapter(), chapter -> new ArrayList<>())
                    .add(DynamicTest.dynamicTest(scenario.title() + " [" + scenario.id() + "]", () -> {
                        ran.incrementAndGet();
                        check(get(result));
                    }));
        }
        List<DynamicNode> nodes = new ArrayList<>();
        chapters.forEach((chapter, tests) -> nodes.add(DynamicContainer.dynamicContainer(chapter, tests)));
        nodes.add(DynamicTest.dynamicTest(
                "all " + run.plan().size() + " scenarios ran",
                () -> Assertions.assertEquals(run.plan().size(), ran.get())));
        return nodes.stream().onClose(() -> {
            jobs.shutdownNow();
            running.close();
        });
    }

    /** In place of scenarios that make no sense without a capability. */
    static Stream<DynamicNode> skipped(Capability lacking) {
        return Stream.of(DynamicTest.dynamicTest(
                "declared to lack " + lacking, () -> Assumptions.abort("declared to lack " + lacking)));
    }

    /** Passes, fails or aborts the current test. */
    static void check(Result result) {
        if (!result.verdict().good()) {
            Assertions.fail(result.explain());
        }
        boolean played = result.verdict() != Verdict.SKIP && result.verdict() != Verdict.KNOWN;
        Assumptions.assumeTrue(played, () -> result.verdict() + ": " + result.findings());
    }

    private static Result get(Future<Result> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the kit itself failed", e.getCause());
        }
    }
}
