package dev.ferrule.bench.run;

import dev.ferrule.bench.client.ClientProcess;
import dev.ferrule.bench.load.Figure;
import dev.ferrule.bench.load.Load;
import dev.ferrule.bench.load.Window;
import dev.ferrule.bench.server.EchoServer;
import dev.ferrule.bench.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Measures the subjects of a cell in turn, round by round, so that what disturbs the machine disturbs all of them. */
final class Runner implements Closeable {
    /** What a run of a warm process leaves out at its beginning. */
    private static final long SETTLE_MILLIS = 300;
    /** A share of the JIT compilers that spoils nothing. */
    private static final double WARM = 0.03;

    private static final long WARMUP_STEP = 1000;

    private final Cell cell;
    private final Plan plan;
    private final Cores cores;
    private final PrintStream progress;
    private final Map<String, Child> running = new LinkedHashMap<>();
    private @Nullable Child floor;

    Runner(Cell cell, Plan plan, Cores cores, PrintStream progress) {
        this.cell = cell;
        this.plan = plan;
        this.cores = cores;
        this.progress = progress;
    }

    /** Takes all runs so far, so that a command that is ended early leaves the rounds that were whole. */
    interface Keeper {
        void keep(List<Result.Run> runs) throws IOException;
    }

    /** Runs all rounds; what goes wrong with a subject is in its runs. */
    List<Result.Run> run(List<String> subjects, Keeper keeper) throws IOException {
        if (!cell.ofServers()) {
            floor = Child.start(cores.forLoad(), ServerProcess.class, "nio", 0, 0, cell.longest());
        }
        List<Result.Run> runs = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (String subject : subjects) {
                Result.Run run = run(subject, round);
                progress.println(describe(run));
                runs.add(run);
            }
            keeper.keep(runs);
        }
        return runs;
    }

    private String describe(Result.Run run) {
        Double shown = run.figures().getOrDefault(Figure.HEAP, run.figures().get(Figure.CPU));
        String text = shown == null ? run.failure() : String.format("%.2f", shown);
        return String.format("%s round %d %s: %s", cell.name(), run.round(), run.subject(), text);
    }

    private Result.Run run(String subject, int round) throws IOException {
        try {
            Child child = running.get(subject);
            boolean fresh = child == null;
            if (child == null) {
                child = start(subject);
                running.put(subject, child);
            }
            Load load = new Load(child.port(), child.meter());
            if (fresh && cell.wantsWarmProcess()) {
                warmUp(load);
            }
            Map<Figure, Double> figures = cell.load(load, new Window(SETTLE_MILLIS, plan.millis(), plan.millis() / 2));
            if (cell.wantsFreshProcess()) {
                stop(subject);
            }
            return new Result.Run(subject, round, figures, "");
        } catch (IOException e) {
            stop(subject);
            return new Result.Run(subject, round, Map.of(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * Until the JIT compilers have little left to do, and half of the time at least: what they do counts when it is done, so on
     * a core that is shared seconds may look quiet in which they had no turn.
     */
    private void warmUp(Load load) throws IOException {
        long start = System.nanoTime();
        long longest = TimeUnit.MILLISECONDS.toNanos(plan.warmupMillis());
        long step = Math.min(WARMUP_STEP, plan.warmupMillis());
        double compiling = 1;
        long passed = 0;
        while (passed < longest / 2 || (compiling > WARM && passed < longest)) {
            compiling = cell.load(load, new Window(0, step, step / 2)).getOrDefault(Figure.COMPILING, 0.0);
            passed = System.nanoTime() - start;
        }
    }

    private Child start(String subject) throws IOException {
        Child server = floor;
        if (server == null) {
            return Child.start(cores.forMeasured(), ServerProcess.class, subject, 0, 0, cell.longest());
        }
        Cell.Client client = (Cell.Client) cell;
        return Child.start(
                cores.forMeasured(),
                ClientProcess.class,
                subject,
                "ws://127.0.0.1:" + server.port() + EchoServer.ECHO,
                client.connections(),
                client.traffic().payload().letter(),
                client.traffic().size(),
                client.traffic().inFlight());
    }

    private void stop(String subject) throws IOException {
        Child child = running.remove(subject);
        if (child != null) {
            child.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (String subject : List.copyOf(running.keySet())) {
            stop(subject);
        }
        if (floor != null) {
            floor.close();
        }
    }
}
