package dev.ferrule.testkit.run;

import dev.ferrule.testkit.wire.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a play, while it is being collected. */
final class Findings {
    private final List<String> objections = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void object(String what) {
        objections.add(what);
    }

    void remark(String what) {
        // Plays of many connections would say the same a hundred times.
        if (!remarks.contains(what)) {
            remarks.add(what);
        }
    }

    void add(List<Violation> violations) {
        for (Violation violation : violations) {
            (violation.must() ? objections : remarks).add(violation.toString());
        }
    }

    void add(Findings others) {
        others.objections.forEach(this::object);
        others.remarks.forEach(this::remark);
    }

    List<String> objections() {
        return List.copyOf(objections);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    List<String> all() {
        List<String> all = new ArrayList<>(objections);
        all.addAll(remarks);
        return all;
    }
}
