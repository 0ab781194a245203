package dev.ferrule.testkit.wire;

/**
 * Something that the peer sent and must not have sent.
 *
 * @param requirement the id of the rule
 * @param what what was seen
 * @param must false if the rule is a SHOULD
 */
public record Violation(String requirement, String what, boolean must) {
    /**
     * {@return a broken MUST}
     *
     * @param requirement the id of the rule
     * @param what what was seen
     */
    public static Violation must(String requirement, String what) {
        return new Violation(requirement, what, true);
    }

    /**
     * {@return a broken SHOULD}
     *
     * @param requirement the id of the rule
     * @param what what was seen
     */
    public static Violation should(String requirement, String what) {
        return new Violation(requirement, what, false);
    }

    @Override
    public String toString() {
        return what + " (" + requirement + ")";
    }
}
