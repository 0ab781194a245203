package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.scenario.Capability;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Names all scenarios. */
final class ListCommand {
    static final Command COMMAND = new Command(
            "list",
            "",
            0,
            0,
            "lists the scenarios and the capabilities that a peer may lack",
            List.of(Option.ROLE, Option.PROFILE, Option.ONLY, Option.SEED, Option.MAX_MESSAGE),
            ListCommand::run);

    private ListCommand() {}

    private static Status run(Arguments arguments, Console console) throws UsageException {
        Role role = arguments.choice(Option.ROLE, Role.class, Role.SERVER);
        MessageLimit limit = MessageLimit.exactly(arguments.number(Option.MAX_MESSAGE, 65_536, 1, 1 << 30));
        List<Scenario> plan = Setup.plan(arguments, role, limit);
        String chapter = "";
        String requirement = "";
        for (Scenario scenario : plan) {
            if (!chapter.equals(scenario.requirement().chapter())) {
                chapter = scenario.requirement().chapter();
                console.line(console.strong("\n" + chapter));
            }
            if (!requirement.equals(scenario.requirement().id())) {
                requirement = scenario.requirement().id();
                console.line("  " + scenario.requirement().sentence());
            }
            console.line("    " + scenario.id() + needs(scenario));
        }
        console.line("\n" + plan.size() + " scenarios");
        console.line("capabilities for --lacks: "
                + Arrays.stream(Capability.values()).map(Command::word).collect(Collectors.joining(", ")));
        return Status.GOOD;
    }

    private static String needs(Scenario scenario) {
        return scenario.needs().isEmpty()
                ? ""
                : " (needs "
                        + scenario.needs().stream().map(Command::word).sorted().collect(Collectors.joining(", "))
                        + ")";
    }
}
