package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.report.Card;
import dev.ferrule.testkit.report.Row;
import dev.ferrule.testkit.report.Score;
import dev.ferrule.testkit.run.Verdict;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares two reports. */
final class DiffCommand {
    static final Command COMMAND = new Command(
            "diff",
            "A B",
            2,
            2,
            "compares two report.json by scenario; status 1 if B is worse anywhere",
            List.of(),
            DiffCommand::run);

    private DiffCommand() {}

    private static Status run(Arguments arguments, Console console) throws Exception {
        Map<String, Row> before = rows(arguments.operand(0));
        Map<String, Row> after = rows(arguments.operand(1));
        Set<String> ids = new LinkedHashSet<>(before.keySet());
        ids.addAll(after.keySet());
        int worse = 0;
        int changed = 0;
        for (String id : ids) {
            Row one = before.get(id);
            Row other = after.get(id);
            if (one == null || other == null) {
                changed++;
                console.line((one == null ? "only in B  " : "only in A  ") + id);
            } else if (one.verdict() != other.verdict()) {
                changed++;
                boolean down = Score.worse(one.verdict(), other.verdict()) == other.verdict()
                        && other.verdict() != Verdict.SKIP;
                worse += down ? 1 : 0;
                console.line((down ? "worse      " : "better     ") + id + ": "
                        + console.coloured(one.verdict(), Command.word(one.verdict())) + " -> "
                        + console.coloured(other.verdict(), Command.word(other.verdict())));
                other.findings().forEach(finding -> console.line("             " + finding));
            }
        }
        console.line(changed + " of " + ids.size() + " scenarios differ, " + worse + " are worse");
        return worse == 0 ? Status.GOOD : Status.FAILED;
    }

    private static Map<String, Row> rows(String file) throws Exception {
        Card card = Verdicts.card(Path.of(file));
        Map<String, Row> rows = new LinkedHashMap<>();
        card.rows().forEach(row -> rows.put(row.id(), row));
        return rows;
    }
}
