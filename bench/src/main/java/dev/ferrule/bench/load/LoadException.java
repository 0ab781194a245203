package dev.ferrule.bench.load;

import java.io.IOException;

/** The server did something else than to echo what was sent. */
public final class LoadException extends IOException {
    private static final long serialVersionUID = 1;

    LoadException(String message) {
        super(message);
    }
}
