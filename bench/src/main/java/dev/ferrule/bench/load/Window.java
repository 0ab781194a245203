package dev.ferrule.bench.load;

/**
 * When to measure.
 *
 * @param settleMillis how long the load runs before
 * @param millis how long is measured
 * @param cpuMillis processor time that the process has to use meanwhile, else it is measured up to four times as long: on a
 *     machine that is shared with others, the time alone says little about how much was done
 */
public record Window(long settleMillis, long millis, long cpuMillis) {}
