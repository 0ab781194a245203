package dev.ferrule.testkit.model;

import dev.ferrule.testkit.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what came with what is allowed.
 *
 * @param allowance what the endpoint is not judged by
 */
public record Judge(Allowance allowance) {
    /**
     * The best that can be said of a history.
     *
     * @param objections why no outcome allows it; empty if one does
     * @param remarks why it is only tolerated; empty if it is fitting
     */
    public record Finding(List<String> objections, List<String> remarks) {
        /** Copies the lists. */
        public Finding {
            objections = List.copyOf(objections);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Whether an endpoint that may keep the connection open has done all that it must so far: everything echoed, and
     * the
     * last ping answered.
     *
     * @param outcomes what is allowed
     * @param history what came
     * @return true if nothing more need come
     */
    public static boolean satisfied(List<Outcome> outcomes, History history) {
        return outcomes.stream().filter(Outcome::open).anyMatch(outcome -> {
            List<Bytes> pings = outcome.pings();
            boolean answered = pings.isEmpty() || answersLast(pings, history.pongs());
            return answered && history.messages().equals(outcome.echoes());
        });
    }

    /**
     * Whether something came that no outcome allows, so that nothing is worth waiting for.
     *
     * @param outcomes what is allowed
     * @param history what came
     * @return true if the endpoint can't be right any more
     */
    public static boolean hopeless(List<Outcome> outcomes, History history) {
        return outcomes.stream().allMatch(outcome -> {
            List<String> objections = new ArrayList<>();
            messages(outcome, history, objections);
            pongs(outcome, history, objections);
            return !objections.isEmpty();
        });
    }

    /**
     * Judges a history whose connection has ended.
     *
     * @param outcomes what is allowed
     * @param history what came
     * @param finished whether the kit ended its direction of TCP without a Close
     * @return the finding of the outcome that fits best
     */
    public Finding judge(List<Outcome> outcomes, History history, boolean finished) {
        List<Finding> findings = outcomes.stream()
                .map(outcome -> judge(outcome, history, finished))
                .toList();
        return findings.stream()
                .min(java.util.Comparator.comparingInt(finding ->
                        100 * finding.objections().size() + finding.remarks().size()))
                .orElseThrow();
    }

    private Finding judge(Outcome outcome, History history, boolean finished) {
        List<String> objections = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        if (outcome.grade() == Grade.TOLERATED) {
            remarks.add(outcome.note());
        }
        messages(outcome, history, objections);
        pongs(outcome, history, objections);
        if (history.end().isEmpty() && objections.isEmpty()) {
            objections.add("TCP was not closed");
        }
        if (outcome.ending() instanceof Ending.Closed closed) {
            replied(closed, history, objections, remarks);
        } else if (outcome.ending() instanceof Ending.Failed failed) {
            failed(failed, history, finished, objections, remarks);
        } else if (!finished) {
            objections.add("the connection was ended"
                    + history.closeCode().map(code -> " with " + code).orElse("") + ", and should be open");
        }
        return new Finding(objections, remarks);
    }

    private static void messages(Outcome outcome, History history, List<String> objections) {
        List<Message> expected = outcome.echoes();
        List<Message> seen = history.messages();
        for (int i = 0; i < seen.size(); i++) {
            if (i >= expected.size()) {
                objections.add("message " + (i + 1) + " came, which nothing allows: " + seen.get(i));
                return;
            }
            if (!seen.get(i).equals(expected.get(i))) {
                objections.add("message " + (i + 1) + " should be " + expected.get(i) + " and is " + seen.get(i));
                return;
            }
        }
        history.unfinished().ifPresent(rest -> {
            if (seen.size() >= expected.size() || !rest.begins(expected.get(seen.size()))) {
                objections.add("a message began which nothing allows: " + rest);
            }
        });
    }

    private static void pongs(Outcome outcome, History history, List<String> objections) {
        if (!subsequence(outcome.pings(), history.pongs())) {
            objections.add("pongs " + history.pongs() + " are not in order for pings " + outcome.pings());
        }
    }

    private void replied(Ending.Closed closed, History history, List<String> objections, List<String> remarks) {
        if (history.closeCode().isEmpty()) {
            objections.add("Close was not answered with a Close");
        } else if (history.closeCode().get() != closed.code() && !allowance.anyReplyCode()) {
            remarks.add("Close " + closed.code() + " was answered with "
                    + history.closeCode().get());
        }
    }

    private void failed(
            Ending.Failed failed, History history, boolean finished, List<String> objections, List<String> remarks) {
        if (allowance.anyFailureCode()) {
            return;
        }
        // After the kit's own FIN, the end of the stream may be seen before the violation is.
        if (history.closeCode().isEmpty() && finished) {
            return;
        }
        if (history.closeCode().isEmpty()) {
            remarks.add("no Close frame before TCP ended, should be " + failed);
            return;
        }
        int code = history.closeCode().get();
        if (failed.tolerated().contains(code)) {
            remarks.add("close code " + code + ", should be " + failed);
        } else if (!failed.fitting().contains(code)) {
            objections.add("close code " + code + ", should be " + failed);
        }
    }

    private static boolean answersLast(List<Bytes> pings, List<Bytes> pongs) {
        return !pongs.isEmpty() && pongs.get(pongs.size() - 1).equals(pings.get(pings.size() - 1));
    }

    private static boolean subsequence(List<Bytes> pings, List<Bytes> pongs) {
        int ping = 0;
        for (Bytes pong : pongs) {
            while (ping < pings.size() && !pings.get(ping).equals(pong)) {
                ping++;
            }
            if (ping == pings.size()) {
                return false;
            }
            ping++;
        }
        return true;
    }
}
