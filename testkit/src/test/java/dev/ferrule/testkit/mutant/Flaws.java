package dev.ferrule.testkit.mutant;

import java.util.Set;

/** Which deviations an endpoint has. */
record Flaws(Set<Flaw> all) {
    static final Flaws NONE = new Flaws(Set.of());

    static Flaws only(Flaw flaw) {
        return new Flaws(Set.of(flaw));
    }

    boolean has(Flaw flaw) {
        return all.contains(flaw);
    }
}
