package dev.ferrule.testkit.property;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/** Draws from arbitraries outside of any test: the same seed and index give the same value. */
public final class Sampler {
    private static final int SIZE = 1000;
    private static final int MOST_CANDIDATES = 5000;

    private Sampler() {}

    /**
     * {@return the value of this number}
     *
     * @param arbitrary what to draw from
     * @param seed of the whole series
     * @param index which value of the series, from 0
     * @param <T> the type of values
     */
    public static <T> Shrinkable<T> at(Arbitrary<T> arbitrary, long seed, int index) {
        return inSession(() -> {
            // Neighbouring seeds must not give neighbouring series.
            Random random = new Random((seed * 0x9E3779B97F4A7C15L) ^ (index * 0xC2B2AE3D27D4EB4FL));
            return arbitrary.generator(SIZE).next(random);
        });
    }

    /**
     * {@return the first values of the series}
     *
     * @param arbitrary what to draw from
     * @param seed of the series
     * @param count how many
     * @param <T> the type of values
     */
    public static <T> List<T> first(Arbitrary<T> arbitrary, long seed, int count) {
        return inSession(() -> IntStream.range(0, count)
                .mapToObj(index -> at(arbitrary, seed, index).value())
                .toList());
    }

    /**
     * {@return the smallest value on the way down that still fails; the given one if none is smaller}
     *
     * @param failing a value that fails
     * @param fails whether a value fails
     * @param tries how often to ask
     * @param <T> the type of values
     */
    public static <T> Shrinkable<T> smallest(Shrinkable<T> failing, Predicate<T> fails, int tries) {
        return inSession(() -> {
            Shrinkable<T> best = failing;
            int[] left = {tries};
            Optional<Shrinkable<T>> smaller = Optional.of(failing);
            while (smaller.isPresent() && left[0] > 0) {
                best = smaller.get();
                Shrinkable<T> from = best;
                // Lazily: there may be more candidates than anybody can count.
                smaller = from.shrink()
                        .limit(MOST_CANDIDATES)
                        .filter(candidate -> candidate.distance().compareTo(from.distance()) < 0)
                        .takeWhile(candidate -> left[0]-- > 0)
                        .filter(candidate -> fails.test(candidate.value()))
                        .findFirst();
            }
            return best;
        });
    }

    /**
     * {@return what the action returns}
     *
     * @param action uses values of a {@link Shrinkable}, which are made when they are asked for
     * @param <T> of what type
     */
    public static <T> T inSession(Supplier<T> action) {
        if (JqwikSession.isActive()) {
            return action.get();
        }
        JqwikSession.start();
        try {
            return action.get();
        } finally {
            JqwikSession.finish();
        }
    }
}
