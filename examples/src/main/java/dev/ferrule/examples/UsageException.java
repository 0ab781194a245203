package dev.ferrule.examples;

import java.io.Serial;

/** The command line is wrong; the message says how, in words for whoever wrote it. */
final class UsageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
