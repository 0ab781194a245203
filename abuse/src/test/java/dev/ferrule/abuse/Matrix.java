package dev.ferrule.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ferrule.abuse.Target.Protection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the rows of the matrix: a quick subset by default, all of it with {@code -Pabuse}. Either reports its figures. */
final class Matrix {
    static final boolean FULL = Boolean.getBoolean("ferrule.abuse.full");

    /** A row, against one target. */
    interface Row {
        void run(TargetProcess target, Outcome outcome) throws Exception;
    }

    /** A row during which a well-behaved connection goes on. */
    interface Watched {
        void run(TargetProcess target, Healthy healthy, Outcome outcome) throws Exception;
    }

    private Matrix() {}

    static int number(int full, int quick) {
        return FULL ? full : quick;
    }

    static Row watched(Watched row) {
        return (target, outcome) -> {
            try (Healthy healthy = new Healthy(target.port())) {
                row.run(target, healthy, outcome);
                healthy.conclude(outcome);
            }
        };
    }

    /** What quick rows run against, one after another; of full ones, each has a process of its own, for its figures. */
    private static final Map<String, TargetProcess> SHARED = new HashMap<>();

    static void holds(String name, String engine, Row row) throws Exception {
        if (FULL) {
            holdsAlone(name, engine, row);
            return;
        }
        TargetProcess target = shared(engine);
        synchronized (target) {
            assertEquals(List.of(), outcome(name, engine, "", row, target).broken());
        }
    }

    private static TargetProcess shared(String engine) throws IOException {
        synchronized (SHARED) {
            TargetProcess target = SHARED.get(engine);
            if (target == null) {
                // It ends with this process, whose end is the end of its input.
                target = TargetProcess.start(engine);
                SHARED.put(engine, target);
            }
            return target;
        }
    }

    /** As {@link #holds}, of a row behind which the process is of no use for others. */
    static void holdsAlone(String name, String engine, Row row) throws Exception {
        assertEquals(List.of(), outcome(name, engine, row).broken());
    }

    /** As {@link #holds}, of a process that may have so many descriptors open. */
    static void holdsWith(int descriptors, String name, String engine, Row row) throws Exception {
        try (TargetProcess target = TargetProcess.ofFewDescriptors(engine, descriptors)) {
            assertEquals(List.of(), outcome(name, engine, "", row, target).broken());
        }
    }

    /** As {@link #holds}, with the full numbers alone: with few connections such a row says little of many. */
    static void holdsInFull(String name, String engine, Row row) throws Exception {
        if (FULL) {
            holds(name, engine, row);
        }
    }

    /** A row that can't fail proves nothing: shown with the full numbers alone, for each needs a server more. */
    static void turnsRed(String name, String engine, Row row, Protection... off) throws Exception {
        if (FULL) {
            assertFalse(outcome(name, engine, row, off).broken().isEmpty(), "the row holds without " + List.of(off));
        }
    }

    private static Outcome outcome(String name, String engine, Row row, Protection... off) throws Exception {
        try (TargetProcess target = TargetProcess.start(engine, off)) {
            return outcome(name, engine, Protection.words(off), row, target);
        }
    }

    private static Outcome outcome(String name, String engine, String without, Row row, TargetProcess target)
            throws Exception {
        Outcome outcome = new Outcome();
        try {
            row.run(target, outcome);
        } catch (IOException e) {
            outcome.require(false, e.toString());
        }
        Report.add(name, engine, without, outcome);
        return outcome;
    }
}
