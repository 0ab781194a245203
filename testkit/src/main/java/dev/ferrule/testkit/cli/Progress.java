package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.run.Result;
import dev.ferrule.testkit.run.Verdict;
import java.util.function.Consumer;

/** Says how far a run is: on a terminal all the time, elsewhere at every quarter. For any thread. */
final class Progress implements Consumer<Result> {
    private static final int PARTS = 4;
    private static final long TERMINAL_NANOS = 50_000_000;

    private final Console console;
    private final int all;
    private int done;
    private int failed;
    private long last;

    Progress(Console console, int all) {
        this.console = console;
        this.all = all;
        this.last = System.nanoTime();
    }

    @Override
    public synchronized void accept(Result result) {
        done++;
        if (result.verdict() == Verdict.FAIL) {
            failed++;
        }
        boolean quarter = done * PARTS / all > (done - 1) * PARTS / all;
        if (console.terminal() ? System.nanoTime() - last > TERMINAL_NANOS : quarter) {
            last = System.nanoTime();
            String failures = failed == 0 ? "" : ", " + console.coloured(Verdict.FAIL, failed + " failed");
            console.progress(done + " of " + all + failures
                    + (console.terminal() ? "  " + result.scenario().id() : ""));
        }
    }
}
