package dev.ferrule.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.bench.load.Figure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    private static Result.Run run(String subject, int round, double cpu) {
        return new Result.Run(subject, round, Map.of(Figure.CPU, cpu, Figure.RATE, 1e6 / cpu), "");
    }

    private static Result result(String cell, Result.Run... runs) throws IOException {
        return new Result(cell, Conditions.now(true, 2, 5), List.of(runs));
    }

    private static Result small() throws IOException {
        return result(
                "16-T-64x1",
                run("ferrule-undertow-inline", 1, 6),
                run("netty", 1, 8),
                run("ferrule-undertow-inline", 2, 4),
                run("netty", 2, 10),
                run("ferrule-undertow-inline", 3, 5),
                run("netty", 3, 12),
                new Result.Run("tomcat", 1, Map.of(), "an echo differs from what was sent at byte 4"));
    }

    @Test
    @DisplayName("Raw runs are read back as they were kept, a new run of a cell in place of the old one")
    void archive() throws IOException {
        Archive archive = new Archive(folder);
        archive.keep(result("idle-10000", run("netty", 1, 1)));
        archive.keep(result("16-T-64x1", run("netty", 1, 1)));
        Result kept = small();
        archive.keep(kept);
        List<Result> read = archive.read();
        assertEquals(
                List.of("16-T-64x1", "idle-10000"),
                read.stream().map(Result::cell).toList());
        assertEquals(kept, read.get(0));
    }

    @Test
    @DisplayName("A table has medians, spread, ratios, and what failed")
    void table() throws IOException {
        List<String> lines = Tables.of(small(), "netty").lines().toList();
        assertTrue(
                lines.contains("| ferrule-undertow-inline | 5.00 | 4.00 to 6.00 | 0.50 | 200,000 |"), lines::toString);
        assertTrue(lines.contains("| netty | 10.0 | 8.00 to 12.0 | 1.00 | 100,000 |"), lines::toString);
        assertTrue(lines.contains("| tomcat | failed |  |  | failed |"), lines::toString);
        assertTrue(lines.contains("tomcat failed: an echo differs from what was sent at byte 4"), lines::toString);
    }

    @Test
    @DisplayName("A ratio to keep is that of the medians, to the best of those it is compared with")
    void target() throws IOException {
        Target target = new Target(
                "16-T-64x1", Figure.CPU, "ferrule-undertow-inline", List.of("vertx", "netty"), "16-T-64x1", 1);
        assertEquals(Optional.of(0.5), target.measured(Map.of("16-T-64x1", small())));
        assertEquals(Optional.empty(), target.measured(Map.of()));
        assertTrue(Target.table(List.of(small()))
                .contains("| 16-T-64x1 | cpu | ferrule-undertow-inline | netty | 0.50 | 1.00 | yes |"));
    }

    @Test
    @DisplayName("CSV has every figure")
    void csv() throws IOException {
        assertTrue(Tables.csv(List.of(small())).contains("16-T-64x1,netty,cpu,10.0000,8.0000,12.0000"));
    }

    @Test
    @DisplayName("Charts are well-formed, one as SVG and one for Vega-Lite")
    void charts() throws Exception {
        Result.Run[] runs = {run("netty", 1, 2), run("a<b&c", 1, 3)};
        new Charts(folder)
                .draw(List.of(result("16-T-64x1", runs), result("16-T-512x1", runs), result("16-T-4096x1", runs)));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> drawn =
                    files.filter(file -> file.toString().endsWith(".svg")).toList();
            assertEquals(4, drawn.size());
            for (Path file : drawn) {
                byte[] svg = Files.readAllBytes(file);
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
                Path vega = folder.resolve(file.getFileName().toString().replace(".svg", ".vl.json"));
                assertTrue(Files.readString(vega).contains("a<b&c"), vega::toString);
            }
        }
    }
}
