package dev.ferrule.testkit.junit;

/** Something that was started for a test and must be stopped after it. */
@FunctionalInterface
interface Running extends AutoCloseable {
    @Override
    void close();
}
