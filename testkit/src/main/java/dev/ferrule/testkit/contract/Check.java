package dev.ferrule.testkit.contract;

import dev.ferrule.protocol.Role;
import java.util.Set;

/**
 * One way to see whether a promise is kept.
 *
 * @param rule the id of the promise
 * @param title what is seen
 * @param roles of the endpoint under test
 * @param body throws an {@link AssertionError} if the promise is broken
 */
record Check(String rule, String title, Set<Role> roles, Body body) {
    /** What a check does. */
    @FunctionalInterface
    interface Body {
        void run(Bench bench) throws Exception;
    }

    static Check both(String rule, String title, Body body) {
        return new Check(rule, title, Set.of(Role.SERVER, Role.CLIENT), body);
    }

    static Check server(String rule, String title, Body body) {
        return new Check(rule, title, Set.of(Role.SERVER), body);
    }

    static Check client(String rule, String title, Body body) {
        return new Check(rule, title, Set.of(Role.CLIENT), body);
    }

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void equal(Object expected, Object seen, String what) {
        that(expected.equals(seen), what + ": expected " + expected + ", but was " + seen);
    }

    /** Runs something that must throw, and returns that. */
    static <T extends Throwable> T thrown(Class<T> type, Attempt attempt) {
        try {
            attempt.run();
        } catch (Throwable t) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
            throw new AssertionError("threw " + t + " and not " + type.getSimpleName(), t);
        }
        throw new AssertionError("did not throw " + type.getSimpleName());
    }

    /** What must throw. */
    @FunctionalInterface
    interface Attempt {
        void run() throws Exception;
    }
}
