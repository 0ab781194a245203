package dev.ferrule.bench.run;

import java.util.Arrays;

/**
 * What several runs gave.
 *
 * @param median of them
 * @param least of them
 * @param most of them
 */
record Spread(double median, double least, double most) {
    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values, at least one is needed");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
