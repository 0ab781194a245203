package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.run.Verdict;
import java.io.PrintStream;

/**
 * Where a command prints to. Results go to the one stream, progress and complaints to the other; colour and a line that
 * is written over are for terminals only.
 */
final class Console {
    private static final String ERASE = "\r\033[K";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final boolean colour;
    private boolean dirty;

    Console(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.colour = terminal && System.getenv("NO_COLOR") == null;
    }

    /** Whether somebody sits in front of this process: since JDK 22 there is a console even when nobody does. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    boolean terminal() {
        return terminal;
    }

    synchronized void line(String text) {
        erase();
        out.println(text);
    }

    synchronized void block(String text) {
        erase();
        out.print(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
    }

    synchronized void complain(String text) {
        erase();
        err.println(text);
    }

    /** One line that the next one replaces on a terminal. */
    synchronized void progress(String text) {
        if (terminal) {
            err.print(ERASE + text);
            err.flush();
            dirty = true;
        } else {
            err.println(text);
        }
    }

    private void erase() {
        if (dirty) {
            err.print(ERASE);
            err.flush();
            dirty = false;
        }
    }

    String coloured(Verdict verdict, String text) {
        int code = switch (verdict) {
            case PASS -> 32;
            case WARN -> 33;
            case INFO -> 36;
            case SKIP -> 90;
            case KNOWN -> 35;
            case FAIL -> 31;
        };
        return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    String strong(String text) {
        return colour ? "\033[1m" + text + "\033[0m" : text;
    }
}
