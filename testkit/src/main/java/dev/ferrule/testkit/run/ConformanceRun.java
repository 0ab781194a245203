package dev.ferrule.testkit.run;

import dev.ferrule.testkit.scenario.Catalog;
import dev.ferrule.testkit.scenario.Level;
import dev.ferrule.testkit.scenario.Play;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Runs scenarios against one endpoint. Immutable; for any thread. */
public final class ConformanceRun {
    private static final int MOST_WAITING = 120;

    private final Peer peer;
    private final List<Scenario> plan;
    private final Supplier<Trial> trials;
    private final boolean recordingAll;

    private ConformanceRun(Peer peer, List<Scenario> plan, Supplier<Trial> trials) {
        this(peer, plan, trials, false);
    }

    private ConformanceRun(Peer peer, List<Scenario> plan, Supplier<Trial> trials, boolean recordingAll) {
        this.peer = peer;
        this.plan = List.copyOf(plan);
        this.trials = trials;
        this.recordingAll = recordingAll;
    }

    /**
     * All scenarios for a server.
     *
     * @param peer what is known of it
     * @param uri where it echoes every message, over ws or wss
     * @return the run, not started
     */
    public static ConformanceRun ofServer(Peer peer, URI uri) {
        return new ConformanceRun(peer, Catalog.of(Role.SERVER, peer.limit()), () -> new ServerTrial(peer, uri));
    }

    /**
     * The scenarios for a server that make sense again over TLS.
     *
     * @param peer what is known of it
     * @param uri where it echoes every message, over wss
     * @return the run, not started
     */
    public static ConformanceRun ofSecureServer(Peer peer, URI uri) {
        return new ConformanceRun(peer, Catalog.overTls(Role.SERVER, peer.limit()), () -> new ServerTrial(peer, uri));
    }

    /**
     * All scenarios for a client.
     *
     * @param peer what is known of it
     * @param driver starts it
     * @return the run, not started
     */
    public static ConformanceRun ofClient(Peer peer, ClientDriver driver) {
        return new ConformanceRun(
                peer, Catalog.of(Role.CLIENT, peer.limit()), () -> new ClientTrial(peer, driver, false));
    }

    /**
     * The scenarios for a client that make sense again over TLS.
     *
     * @param peer what is known of it
     * @param driver starts it
     * @return the run, not started
     */
    public static ConformanceRun ofSecureClient(Peer peer, ClientDriver driver) {
        return new ConformanceRun(
                peer, Catalog.overTls(Role.CLIENT, peer.limit()), () -> new ClientTrial(peer, driver, true));
    }

    /**
     * Chosen scenarios for a server.
     *
     * @param peer what is known of it
     * @param uri where it echoes every message, over ws or wss
     * @param scenarios what to play
     * @return the run, not started
     */
    public static ConformanceRun ofServer(Peer peer, URI uri, List<Scenario> scenarios) {
        return new ConformanceRun(peer, scenarios, () -> new ServerTrial(peer, uri));
    }

    /**
     * Chosen scenarios for a client.
     *
     * @param peer what is known of it
     * @param driver starts it
     * @param scenarios what to play
     * @return the run, not started
     */
    public static ConformanceRun ofClient(Peer peer, ClientDriver driver, List<Scenario> scenarios) {
        return new ConformanceRun(peer, scenarios, () -> new ClientTrial(peer, driver, false));
    }

    /**
     * One scenario for a client that has come by itself and sent its opening handshake. It must be one of a single
     * connection.
     *
     * @param peer what is known of the client
     * @param connection its connection, which is closed at the end
     * @param head its opening handshake
     * @param uri the URL that it was given
     * @return the run, of a scenario to be given to {@link #result}
     */
    public static ConformanceRun ofAttached(Peer peer, WireConnection connection, HttpHead head, URI uri) {
        return new ConformanceRun(peer, List.of(), () -> new AttachedTrial(peer, connection, head, uri));
    }

    /**
     * A part of the run.
     *
     * @param wanted which scenarios
     * @return the smaller run
     */
    public ConformanceRun only(Predicate<Scenario> wanted) {
        return new ConformanceRun(peer, plan.stream().filter(wanted).toList(), trials, recordingAll);
    }

    /** {@return the same run, whose results have transcripts even if all is well} */
    public ConformanceRun recordingAll() {
        return new ConformanceRun(peer, plan, trials, true);
    }

    /** {@return the scenarios that will be played, in order} */
    public List<Scenario> plan() {
        return plan;
    }

    /**
     * Plays all, several at once.
     *
     * @return a result for each planned scenario
     * @throws InterruptedException if the thread is interrupted
     */
    public Report run() throws InterruptedException {
        return run(result -> {});
    }

    /**
     * Plays all, several at once, and tells of each at once.
     *
     * @param listener is told of each result when it is there, by whichever thread made it
     * @return a result for each planned scenario
     * @throws InterruptedException if the thread is interrupted
     */
    public Report run(Consumer<Result> listener) throws InterruptedException {
        ExecutorService jobs = pool();
        try {
            List<Result> results = new ArrayList<>();
            for (Future<Result> result : start(jobs, listener)) {
                results.add(result.get());
            }
            return Report.of(peer.name(), plan, results);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the kit itself failed", e.getCause());
        } finally {
            jobs.shutdownNow();
        }
    }

    /**
     * Starts all and returns at once.
     *
     * @param jobs where to run them
     * @return the results to come, in order
     */
    public List<Future<Result>> start(ExecutorService jobs) {
        return start(jobs, result -> {});
    }

    private List<Future<Result>> start(ExecutorService jobs, Consumer<Result> listener) {
        Semaphore slots = new Semaphore(peer.jobs(), true);
        List<FutureTask<Result>> tasks = plan.stream()
                .map(scenario -> new FutureTask<>(() -> {
                    try (Slot slot = Slot.take(slots)) {
                        Result result = result(scenario, slot);
                        listener.accept(result);
                        return result;
                    }
                }))
                .toList();
        // Longest first, so that none of them is left alone at the end.
        IntStream.range(0, plan.size()).filter(i -> !small(plan.get(i))).forEach(i -> jobs.execute(tasks.get(i)));
        IntStream.range(0, plan.size()).filter(i -> small(plan.get(i))).forEach(i -> jobs.execute(tasks.get(i)));
        return List.copyOf(tasks);
    }

    /**
     * A pool for as many scenarios at once as the peer bears, and for those that only wait.
     *
     * @return a pool of daemon threads, to be shut down by the caller
     */
    public ExecutorService pool() {
        return Executors.newFixedThreadPool(peer.jobs() + MOST_WAITING, task -> {
            Thread thread = new Thread(task, "testkit-" + peer.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Plays one scenario.
     *
     * @param scenario which
     * @return its result
     * @throws InterruptedException if the thread is interrupted
     */
    public Result result(Scenario scenario) throws InterruptedException {
        try (Slot slot = Slot.take(new Semaphore(1))) {
            return result(scenario, slot);
        }
    }

    private Result result(Scenario scenario, Slot slot) throws InterruptedException {
        Optional<String> skipped = peer.skips(scenario);
        if (skipped.isPresent()) {
            return new Result(scenario, Verdict.SKIP, List.of(skipped.get()), "", Duration.ZERO);
        }
        long begin = System.nanoTime();
        try (Trial trial = trials.get()) {
            try {
                trial.in(slot);
                trial.play(scenario.play());
            } catch (IOException e) {
                trial.findings.object("no connection: " + e);
            }
            Verdict verdict = verdict(scenario, trial.findings);
            String transcript = verdict == Verdict.PASS && !recordingAll ? "" : trial.transcript();
            Result result = new Result(
                    scenario, verdict, trial.findings.all(), transcript, Duration.ofNanos(System.nanoTime() - begin));
            return declared(result);
        } catch (IOException e) {
            throw new IllegalStateException("a socket can't be closed", e);
        }
    }

    private static boolean small(Scenario scenario) {
        return !(scenario.play() instanceof Play.Many || scenario.play() instanceof Play.Scripted);
    }

    private Verdict verdict(Scenario scenario, Findings findings) {
        if (findings.all().isEmpty()) {
            return Verdict.PASS;
        }
        if (peer.strict()
                || (scenario.level() == Level.MUST && !findings.objections().isEmpty())) {
            return Verdict.FAIL;
        }
        return scenario.level() == Level.INFO ? Verdict.INFO : Verdict.WARN;
    }

    private Result declared(Result result) {
        Optional<KnownDeviation> known = peer.declared(result.scenario());
        if (known.isEmpty()) {
            return result;
        }
        boolean failed = result.verdict() != Verdict.PASS;
        if (!failed && !known.get().always()) {
            return result;
        }
        List<String> findings = new ArrayList<>(result.findings());
        if (failed && known.get().expired(LocalDate.now(ZoneId.systemDefault()))) {
            findings.add("was excused until " + known.get().expiry() + ": " + known.get());
            return new Result(result.scenario(), Verdict.FAIL, findings, result.transcript(), result.took());
        }
        findings.add((failed ? "declared: " : "passes, and is declared to fail: ") + known.get());
        return new Result(
                result.scenario(), failed ? Verdict.KNOWN : Verdict.FAIL, findings, result.transcript(), result.took());
    }
}
