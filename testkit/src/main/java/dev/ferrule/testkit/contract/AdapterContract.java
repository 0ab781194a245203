package dev.ferrule.testkit.contract;

import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.Deviation;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract, checked on an adapter: extend it and name the adapter. There is a container per promise and in it a test per
 * check. A promise for which the adapter declares a {@link Deviation} is checked the other way round: all of its checks must
 * not hold, or the declaration is wrong.
 */
public abstract class AdapterContract {
    private static final int JOBS = 4;
    /** What is declared impossible and hasn't held by then doesn't hold: most of that waits in vain. */
    private static final long IMPOSSIBLE_SECONDS = 3;

    /** For subclasses. */
    protected AdapterContract() {}

    /**
     * The adapter under test.
     *
     * @return its name
     */
    protected abstract String adapter();

    /**
     * Where the kit's sockets reach a server of the adapter's.
     *
     * @param server where it listens
     * @return the same, unless the adapter isn't over TCP: then where something listens that carries bytes to it
     * @throws IOException if that can't be started
     */
    protected URI reached(URI server) throws IOException {
        return server;
    }

    /**
     * A client of the adapter's is about to connect to a socket of the kit's; nothing is to be done for one over TCP.
     *
     * @param port where the kit listens on 127.0.0.1
     * @throws IOException if nothing can carry bytes to it
     */
    protected void awaited(int port) throws IOException {}

    /**
     * The promises of a server, if the adapter is for servers.
     *
     * @return a container for each
     */
    @TestFactory
    protected final Stream<DynamicNode> server() {
        return contract(Role.SERVER);
    }

    /**
     * The promises of a client, if the adapter is for clients.
     *
     * @return a container for each
     */
    @TestFactory
    protected final Stream<DynamicNode> client() {
        return contract(Role.CLIENT);
    }

    private Stream<DynamicNode> contract(Role role) {
        AdapterProvider provider = ServiceLoader.load(AdapterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals(adapter()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no adapter " + adapter() + " on the class path"));
        if (!provider.roles().contains(role)) {
            return Stream.empty();
        }
        Set<String> impossible =
                provider.deviations(role).stream().map(Deviation::rule).collect(Collectors.toSet());
        List<Check> checks = Checks.of(role);
        ExecutorService jobs = Executors.newFixedThreadPool(JOBS);
        // All of that at once, beside the others; some of it goes on for a while, which shall keep nobody.
        ExecutorService waits = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "impossible");
            thread.setDaemon(true);
            return thread;
        });
        Map<Check, Future<@Nullable Throwable>> results = new LinkedHashMap<>();
        for (Check check : checks) {
            ExecutorService runner = impossible.contains(check.rule()) ? waits : jobs;
            results.put(check, runner.submit(() -> run(check, role)));
        }
        AtomicInteger ran = new AtomicInteger();
        List<DynamicNode> nodes = new ArrayList<>();
        for (Rule rule : Rules.ALL) {
            if (rule.roles().contains(role)) {
                Optional<Deviation> declared = provider.deviations(role).stream()
                        .filter(deviation -> deviation.rule().equals(rule.id()))
                        .findFirst();
                nodes.add(DynamicContainer.dynamicContainer(
                        rule.id() + ": " + rule.promise(), tests(rule, declared, results, ran)));
            }
        }
        nodes.add(DynamicTest.dynamicTest(
                "all " + checks.size() + " checks ran", () -> Assertions.assertEquals(checks.size(), ran.get())));
        return nodes.stream().onClose(jobs::shutdownNow).onClose(waits::shutdownNow);
    }

    private static List<DynamicTest> tests(
            Rule rule,
            Optional<Deviation> declared,
            Map<Check, Future<@Nullable Throwable>> results,
            AtomicInteger ran) {
        List<Check> checks = results.keySet().stream()
                .filter(check -> check.rule().equals(rule.id()))
                .toList();
        List<DynamicTest> tests = new ArrayList<>();
        if (declared.isPresent()) {
            ran.addAndGet(checks.size());
            String title =
                    rule.id() + " is declared impossible: " + declared.get().reason();
            tests.add(DynamicTest.dynamicTest(title, () -> broken(checks, declared.get(), results)));
            return tests;
        }
        for (Check check : checks) {
            ran.incrementAndGet();
            tests.add(DynamicTest.dynamicTest(check.rule() + " " + check.title(), () -> kept(results.get(check))));
        }
        if (checks.isEmpty()) {
            tests.add(DynamicTest.dynamicTest(rule.id(), () -> Assertions.fail("nothing checks this promise")));
        }
        return tests;
    }

    private static void kept(@Nullable Future<@Nullable Throwable> result) throws InterruptedException {
        Throwable failure = get(result);
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
    }

    /** One check that doesn't hold is enough; a declaration that speaks of a race is right even if all hold. */
    private static void broken(List<Check> checks, Deviation declared, Map<Check, Future<@Nullable Throwable>> results)
            throws InterruptedException {
        for (Check check : checks) {
            Future<@Nullable Throwable> result = Objects.requireNonNull(results.get(check));
            try {
                if (result.get(IMPOSSIBLE_SECONDS, TimeUnit.SECONDS) != null) {
                    return;
                }
            } catch (TimeoutException e) {
                return;
            } catch (ExecutionException e) {
                throw kitFailed(e);
            }
        }
        if (declared.always()) {
            Assertions.fail("declared impossible and kept all the same: " + declared);
        }
    }

    private static @Nullable Throwable get(@Nullable Future<@Nullable Throwable> result) throws InterruptedException {
        try {
            return result == null ? new AssertionError("not run") : result.get();
        } catch (ExecutionException e) {
            throw kitFailed(e);
        }
    }

    private static IllegalStateException kitFailed(ExecutionException e) {
        return new IllegalStateException("the kit itself failed", e.getCause());
    }

    private @Nullable Throwable run(Check check, Role role) throws Exception {
        try (Bench bench = role == Role.SERVER ? new ServerBench(this) : new ClientBench(this)) {
            check.body().run(bench);
            return null;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }
}
