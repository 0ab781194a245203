package dev.ferrule.testkit.cli;

/** The command line, or a file that it names, says something that can't be done. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
