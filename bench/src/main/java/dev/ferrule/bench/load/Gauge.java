package dev.ferrule.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures over a window while a load runs. */
final class Gauge {
    /** Goes on with the load for some milliseconds at most. */
    interface Pump {
        void pump() throws IOException;
    }

    /** The question to the control port holds the load up for a moment, whose latencies are nobody's fault. */
    private static final long AFTER_QUESTION = 100;

    /** Between two looks at the processor time. */
    private static final long STEP = 50;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Meter meter;
    private final Pump pump;
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);
    private long count;

    Gauge(Meter meter, Pump pump) {
        this.meter = meter;
        this.pump = pump;
    }

    /** Something is done that is measured. */
    void count(int n) {
        count += n;
    }

    /** Something came back. */
    void latency(long nanos) {
        latencies.recordValue(Math.min(nanos, latencies.getHighestTrackableValue()));
    }

    /** Runs the load through the window. */
    Map<Figure, Double> measure(Window window) throws IOException {
        pumpFor(window.settleMillis());
        Usage before = meter.read();
        long countBefore = count;
        pumpFor(Math.min(AFTER_QUESTION, window.millis()));
        latencies.reset();
        long began = System.nanoTime();
        long cpu = meter.cpuNanos();
        long own = ownNanos();
        long counted = count;
        pumpThrough(window, began, cpu);
        pumpUntilCounted(counted);
        double nanos = System.nanoTime() - began;
        double used = meter.cpuNanos() - cpu;
        double load = ownNanos() - own;
        double done = count - counted;
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        if (latencies.getTotalCount() > 0) {
            figures.put(Figure.P50, latencies.getValueAtPercentile(50) / 1e3);
            figures.put(Figure.P99, latencies.getValueAtPercentile(99) / 1e3);
            figures.put(Figure.P999, latencies.getValueAtPercentile(99.9) / 1e3);
        }
        Usage after = meter.read();
        figures.put(Figure.ALLOCATED, (double) (after.allocated() - before.allocated()) / (count - countBefore));
        figures.put(Figure.COLLECTING, (after.collectionMillis() - before.collectionMillis()) * 1e6 / nanos);
        figures.put(Figure.COMPILING, (after.compilationMillis() - before.compilationMillis()) * 1e6 / nanos);
        figures.put(Figure.CPU, used / 1e3 / done);
        figures.put(Figure.RATE, done / nanos * 1e9);
        figures.put(Figure.BUSY, used / nanos);
        figures.put(Figure.LOAD_BUSY, load / nanos);
        return figures;
    }

    private void pumpFor(long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            pump.pump();
        }
    }

    private void pumpThrough(Window window, long began, long cpu) throws IOException {
        long millis = 0;
        long cpuNanos = TimeUnit.MILLISECONDS.toNanos(window.cpuMillis());
        while (millis < window.millis() || (millis < 4 * window.millis() && meter.cpuNanos() - cpu < cpuNanos)) {
            pumpFor(millis < window.millis() ? Math.min(STEP, window.millis() - millis) : STEP);
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        }
    }

    /** On a slow machine a short window may end before anything has come back, which would be no figure at all. */
    private void pumpUntilCounted(long before) throws IOException {
        long deadline = System.nanoTime() + PATIENCE;
        while (count == before) {
            pump.pump();
            if (System.nanoTime() > deadline) {
                throw new LoadException("nothing came back within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s");
            }
        }
    }

    private static long ownNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
