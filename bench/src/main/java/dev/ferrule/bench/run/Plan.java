package dev.ferrule.bench.run;

/**
 * How often and how long.
 *
 * @param rounds in which all subjects of a cell are measured in turn
 * @param seconds that each run is measured
 * @param warmup seconds before the first, at most; half of it at least
 */
record Plan(int rounds, double seconds, double warmup) {
    long millis() {
        return (long) (1000 * seconds);
    }

    long warmupMillis() {
        return (long) (1000 * warmup);
    }
}
