package dev.ferrule.testkit.cli;

/** There is no peer to judge. */
final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(message);
    }
}
