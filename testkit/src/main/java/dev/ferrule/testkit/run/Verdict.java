package dev.ferrule.testkit.run;

/** What came of a scenario. */
public enum Verdict {
    /** As the standard wants it. */
    PASS(true),
    /** No MUST is broken, but a SHOULD is. */
    WARN(true),
    /** Where the standard is silent, the peer does something else than most; recorded. */
    INFO(true),
    /** The peer is declared not to be able to do it. */
    SKIP(true),
    /** The peer fails, and is declared to. */
    KNOWN(true),
    /** Anything else. */
    FAIL(false);

    private final boolean good;

    Verdict(boolean good) {
        this.good = good;
    }

    /** {@return whether a build may go on} */
    public boolean good() {
        return good;
    }
}
