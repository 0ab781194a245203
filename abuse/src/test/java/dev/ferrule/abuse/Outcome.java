package dev.ferrule.abuse;

import java.util.ArrayList;
import java.util.List;

/** What a row of the matrix found: figures to print, and what doesn't hold. */
final class Outcome {
    private final List<String> figures = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    synchronized void figure(String figure) {
        figures.add(figure);
    }

    /** Notes what doesn't hold. */
    synchronized void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    synchronized String figures() {
        return String.join(", ", figures);
    }

    /** One word, and what doesn't hold. */
    synchronized String verdict() {
        if (broken.isEmpty()) {
            return "holds";
        }
        String more = broken.size() > 1 ? " and " + (broken.size() - 1) + " more" : "";
        return "broken: " + broken.get(0).lines().findFirst().orElse("") + more;
    }
}
