package dev.ferrule.examples;

import dev.ferrule.testkit.cli.Testkit;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What {@code ./ferrule} runs: finds the command, and makes one sentence and a status of whatever goes wrong. */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String TESTKIT = "testkit";

    private static final List<Command> COMMANDS = List.of(
            Chat.COMMAND,
            Echo.COMMAND,
            EchoClient.COMMAND,
            Authentication.COMMAND,
            AutobahnClient.COMMAND,
            Conformance.COMMAND);

    private Main() {}

    /**
     * Runs a command and ends the process with its status.
     *
     * @param args the name of the command, and its options
     */
    public static void main(String[] args) {
        // Undertow logs by JBoss Logging, which has to be told that SLF4J is here.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        if (words.isEmpty() || words.get(0).equals("--help")) {
            out.print(overview());
            return 0;
        }
        if (words.get(0).equals(TESTKIT)) {
            return Testkit.run(words.subList(1, words.size()), out, err, Testkit.onTerminal());
        }
        for (Command command : COMMANDS) {
            if (command.name().equals(words.get(0))) {
                return run(command, words.subList(1, words.size()), out, err);
            }
        }
        err.println("ferrule: there is no command '" + words.get(0) + "' (./ferrule lists them)");
        return WRONG_USAGE;
    }

    private static int run(Command command, List<String> words, PrintStream out, PrintStream err) {
        if (words.contains("--help")) {
            out.print(command.help());
            return 0;
        }
        String name = "ferrule " + command.name() + ": ";
        try {
            return command.program().run(Arguments.parse(command.options(), words), out);
        } catch (UsageException e) {
            err.println(name + e.getMessage() + " (./ferrule " + command.name() + " --help lists the options)");
            return WRONG_USAGE;
        } catch (Exception e) {
            report(name, e, err);
            return FAILED;
        }
    }

    /** What happens on every network gets one sentence; whatever else it is, is ours, and its stack is wanted. */
    private static void report(String name, Throwable failure, PrintStream err) {
        Throwable cause = failure.getCause();
        if (failure instanceof ExecutionException && cause != null) {
            report(name, cause, err);
        } else if (failure instanceof IOException && failure.getMessage() != null) {
            err.println(name + failure.getMessage().replaceAll("\\s+", " "));
        } else {
            err.print(name);
            failure.printStackTrace(err);
        }
    }

    private static String overview() {
        StringBuilder text = new StringBuilder("usage: ./ferrule COMMAND [OPTION]...\n\n");
        COMMANDS.forEach(command -> text.append(Command.line(command.name(), command.summary())));
        // A module of its own, which the script runs.
        text.append(Command.line("bench", "measures Ferrule and others side by side"));
        text.append(Command.line(TESTKIT, "judges any WebSocket server by its URL, any client by its command"));
        return text.append("\n./ferrule COMMAND --help lists the options of a command.\n")
                .toString();
    }
}
