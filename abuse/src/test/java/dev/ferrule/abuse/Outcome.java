package dev.ferrule.abuse;

import java.util.ArrayList;
import java.util.List;

/** What a row of the matrix found: figures to print, and what doesn't hold. */
final class Outcome {
    private final List<String> figures = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    void figure(String figure) {
        figures.add(figure);
    }

    /** Notes what doesn't hold. */
    void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    @Override
    public String toString() {
        return String.join(", ", figures) + (broken.isEmpty() ? " | holds" : " | broken: " + String.join("; ", broken));
    }
}
