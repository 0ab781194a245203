package dev.ferrule.testkit.mutant;

/** The connection is to be failed with this code. */
final class FailedException extends Exception {
    private static final long serialVersionUID = 1;

    final int code;

    FailedException(int code) {
        super("code " + code, null, false, false);
        this.code = code;
    }
}
