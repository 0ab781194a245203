package dev.ferrule.testkit.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The kit on the command line. */
public final class Testkit {
    private static final List<Command> COMMANDS = List.of(
            RunCommand.COMMAND,
            ServeCommand.COMMAND,
            ClientCommand.COMMAND,
            ListCommand.COMMAND,
            ExplainCommand.COMMAND,
            FuzzCommand.COMMAND,
            ReplayCommand.COMMAND,
            DiffCommand.COMMAND,
            ReportCommand.COMMAND);

    private Testkit() {}

    /**
     * Runs a command and ends the process with its status: 0 good, 1 failed, 2 wrong usage, 3 no peer, 4 the kit itself
     * failed.
     *
     * @param args the name of the command, its operands and options
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err, onTerminal()));
    }

    /** {@return whether somebody sits in front of this process} */
    public static boolean onTerminal() {
        return Console.isTerminal();
    }

    /**
     * Runs a command.
     *
     * @param words the name of the command, its operands and options
     * @param out for results
     * @param err for progress and complaints
     * @param terminal whether both go to a terminal
     * @return the exit status
     */
    public static int run(List<String> words, PrintStream out, PrintStream err, boolean terminal) {
        if (words.isEmpty() || words.get(0).equals("--help")) {
            out.print(overview());
            return Status.GOOD.code;
        }
        Console console = new Console(out, err, terminal);
        for (Command command : COMMANDS) {
            if (command.name().equals(words.get(0))) {
                return run(command, words.subList(1, words.size()), out, console).code;
            }
        }
        console.complain("testkit: there is no command '" + words.get(0) + "' (testkit --help lists them)");
        return Status.USAGE.code;
    }

    private static Status run(Command command, List<String> words, PrintStream out, Console console) {
        if (words.contains("--help")) {
            out.print(command.help());
            return Status.GOOD;
        }
        String name = "testkit " + command.name() + ": ";
        try {
            return command.program().run(Arguments.parse(command, words), console);
        } catch (UsageException e) {
            console.complain(name + e.getMessage() + " (testkit " + command.name() + " --help lists the options)");
            return Status.USAGE;
        } catch (UnreachableException e) {
            console.complain(name + e.getMessage());
            return Status.UNREACHABLE;
        } catch (IOException e) {
            console.complain(name + e);
            return Status.BROKEN;
        } catch (Exception e) {
            console.complain(name + e);
            e.printStackTrace(System.err);
            return Status.BROKEN;
        }
    }

    private static String overview() {
        StringBuilder text = new StringBuilder("usage: testkit COMMAND [OPERAND]... [OPTION]...\n\n");
        COMMANDS.forEach(command -> text.append(Command.line(command.name(), command.summary())));
        text.append("\nexit status\n");
        for (Status status : Status.values()) {
            text.append(Command.line(String.valueOf(status.code), status.meaning));
        }
        return text.append("\ntestkit COMMAND --help lists the options of a command.\n")
                .toString();
    }
}
