package dev.ferrule.testkit.model;

/**
 * What an endpoint is declared not to be able to, and is therefore not judged by.
 *
 * @param anyFailureCode it can't choose the code, or send a Close at all, when it fails a connection
 * @param anyReplyCode it can't answer a Close with the same code
 */
public record Allowance(boolean anyFailureCode, boolean anyReplyCode) {
    /** Judged by everything. */
    public static final Allowance NONE = new Allowance(false, false);
}
