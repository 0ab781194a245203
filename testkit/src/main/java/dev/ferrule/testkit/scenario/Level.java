package dev.ferrule.testkit.scenario;

/** How binding a rule is. */
public enum Level {
    /** MUST or MUST NOT. */
    MUST,
    /** SHOULD or SHOULD NOT. */
    SHOULD,
    /** The RFC is silent or ambiguous: what the peer does is recorded. */
    INFO
}
