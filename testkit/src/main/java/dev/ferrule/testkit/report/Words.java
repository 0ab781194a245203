package dev.ferrule.testkit.report;

import dev.ferrule.testkit.run.Verdict;

/** Verdicts as readers of a report see them. */
final class Words {
    private Words() {}

    static String of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "passed";
            case WARN -> "breaks a SHOULD";
            case INFO -> "differs where the RFC is silent";
            case SKIP -> "skipped";
            case KNOWN -> "known deviation";
            case FAIL -> "failed";
        };
    }

    /** One character that says it without colour. */
    static String sign(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "✓";
            case WARN -> "!";
            case INFO -> "i";
            case SKIP -> "–";
            case KNOWN -> "≈";
            case FAIL -> "✗";
        };
    }
}
