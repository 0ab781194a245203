package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.model.MessageLimit;
import dev.ferrule.testkit.run.KnownDeviation;
import dev.ferrule.testkit.run.Profile;
import dev.ferrule.testkit.scenario.Requirement;
import dev.ferrule.testkit.scenario.Requirements;
import dev.ferrule.testkit.scenario.Scenario;
import dev.ferrule.testkit.wire.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Says what a scenario or a requirement is about, what the kit sends, and what is allowed. */
final class ExplainCommand {
    static final Command COMMAND = new Command(
            "explain",
            "ID",
            1,
            1,
            "explains a scenario or a requirement: what is sent, what is allowed, where it stands",
            List.of(Option.MAX_MESSAGE),
            ExplainCommand::run);

    private ExplainCommand() {}

    private static Status run(Arguments arguments, Console console) throws UsageException {
        MessageLimit limit = MessageLimit.exactly(arguments.number(Option.MAX_MESSAGE, 65_536, 1, 1 << 30));
        String id = arguments.operand(0);
        Optional<Requirement> requirement =
                Requirements.all().stream().filter(one -> one.id().equals(id)).findFirst();
        if (requirement.isPresent()) {
            explain(requirement.get(), limit, console);
            return Status.GOOD;
        }
        Pattern pattern = KnownDeviation.pattern(id);
        List<Scenario> found = all(limit, each -> pattern.matcher(each).matches());
        if (found.isEmpty()) {
            throw new UsageException("there is no scenario and no requirement '" + id + "' (testkit list names them)");
        }
        found.forEach(scenario -> console.block(ScenarioText.of(scenario, limit)));
        return Status.GOOD;
    }

    private static void explain(Requirement requirement, MessageLimit limit, Console console) {
        console.line(console.strong(requirement.id() + ": " + requirement.sentence()));
        console.line("  " + requirement.section() + ", " + Command.word(requirement.level()) + ", for "
                + Command.word(requirement.side()));
        if (!requirement.untested().isEmpty()) {
            console.line("  not tested by scenarios: " + requirement.untested());
        }
        all(limit, each -> true).stream()
                .filter(scenario -> scenario.requirements().contains(requirement.id()))
                .forEach(scenario -> console.line("    " + scenario.id()));
    }

    /** Those of both roles; what both have is there once. */
    private static List<Scenario> all(MessageLimit limit, Predicate<String> only) {
        List<Scenario> all = new ArrayList<>(Profile.FULL.plan(Role.SERVER, limit, 1, only));
        Profile.FULL.plan(Role.CLIENT, limit, 1, only).stream()
                .filter(scenario -> all.stream().noneMatch(one -> one.id().equals(scenario.id())))
                .forEach(all::add);
        return all;
    }
}
