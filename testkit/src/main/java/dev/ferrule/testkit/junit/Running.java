package dev.ferrule.testkit.junit;

/** Something that was started for a test and must be stopped after it. */
@FunctionalInterface
public interface Running extends AutoCloseable {
    /** Stops it. */
    @Override
    void close();
}
