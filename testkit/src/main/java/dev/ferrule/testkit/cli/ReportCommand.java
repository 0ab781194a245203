package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.report.Card;
import dev.ferrule.testkit.report.Matrix;
import dev.ferrule.testkit.report.ReportFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes one page of several reports. */
final class ReportCommand {
    static final Command COMMAND = new Command(
            "report",
            "FILE...",
            1,
            100,
            "puts several report.json side by side",
            List.of(Option.REPORT, Option.NAME),
            ReportCommand::run);

    private ReportCommand() {}

    private static Status run(Arguments arguments, Console console) throws Exception {
        List<Card> cards = new ArrayList<>();
        for (String file : arguments.operands()) {
            cards.add(Verdicts.card(Path.of(file)));
        }
        String title = arguments.text(Option.NAME).orElse("WebSocket conformance");
        if (arguments.has(Option.REPORT)) {
            ReportFolder.write(Path.of(arguments.text(Option.REPORT).orElseThrow()), title, cards);
        }
        console.block(Matrix.of(cards));
        return Status.GOOD;
    }
}
