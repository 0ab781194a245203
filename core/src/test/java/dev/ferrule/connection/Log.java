package dev.ferrule.connection;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what is logged during a test, for the test to look at and off the console. */
final class Log implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private PrintStream console;

    @Override
    public void beforeEach(ExtensionContext context) {
        console = System.err;
        LogOnce.forget();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setErr(console);
    }

    /** What was logged since the last call. */
    String take() {
        String text = logged.toString(StandardCharsets.UTF_8);
        logged.reset();
        LogOnce.forget();
        return text;
    }
}
