package dev.ferrule.testkit.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** All forms of a report in one folder. */
public final class ReportFolder {
    private ReportFolder() {}

    /**
     * Writes {@code index.html}, {@code junit.xml}, {@code matrix.md}, {@code index.json} in Autobahn's form,
     * {@code report.schema.json}, and for each peer a report and a badge in JSON. With a single peer these two are
     * {@code report.json} and {@code badge.json}, else they bear its name.
     *
     * @param folder where; it is made if it is missing
     * @param title the heading of the page
     * @param cards one for each peer
     * @throws IOException if the disk says no
     */
    public static void write(Path folder, String title, List<Card> cards) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("index.html"), HtmlReport.of(title, cards));
        Files.writeString(folder.resolve("junit.xml"), JUnitXml.of(cards));
        Files.writeString(folder.resolve("matrix.md"), Matrix.of(cards));
        Files.writeString(folder.resolve("index.json"), AutobahnIndex.of(cards));
        Files.writeString(folder.resolve("report.schema.json"), HtmlReport.resource("report.schema.json"));
        for (Card card : cards) {
            String prefix = cards.size() == 1 ? "" : slug(card) + ".";
            Files.writeString(folder.resolve(prefix + "report.json"), card.json());
            Files.writeString(folder.resolve(prefix + "badge.json"), Badge.of(card));
        }
    }

    private static String slug(Card card) {
        return card.peer()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
    }
}
