package dev.ferrule.testkit.model;

/** How good an allowed outcome is. */
public enum Grade {
    /** What the RFC asks for, by MUST and by SHOULD. */
    FITTING,
    /** No MUST is broken, but a SHOULD is, or the RFC is silent and common practice is stricter. */
    TOLERATED
}
