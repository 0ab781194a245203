package dev.ferrule.testkit.mutant;

import java.util.Set;

/** Which deviations an endpoint has. */
public record Flaws(Set<Flaw> all) {
    public static final Flaws NONE = new Flaws(Set.of());

    public static Flaws only(Flaw flaw) {
        return new Flaws(Set.of(flaw));
    }

    boolean has(Flaw flaw) {
        return all.contains(flaw);
    }
}
