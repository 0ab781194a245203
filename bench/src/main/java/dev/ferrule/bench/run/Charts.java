package dev.ferrule.bench.run;

import dev.ferrule.bench.load.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Charts in a folder: what pages show as SVG, and beside it the same for Vega-Lite, with its data. */
final class Charts {
    private static final List<String> SCALE = List.of("16-T-64x1", "16-T-512x1", "16-T-4096x1");

    private final Path folder;

    Charts(Path folder) {
        this.folder = folder;
    }

    void draw(List<Result> results) throws IOException {
        Files.createDirectories(folder);
        for (Result result : results) {
            bars(result, result.has(Figure.HEAP) ? Figure.HEAP : Figure.CPU);
            if (result.cell().startsWith("16-T-64x")) {
                bars(result, Figure.P99);
            }
        }
        scale(results);
    }

    private void bars(Result result, Figure figure) throws IOException {
        List<BarChart.Bar> bars = new ArrayList<>();
        List<Map<String, Object>> values = new ArrayList<>();
        for (String subject : result.subjects()) {
            result.spread(subject, figure).ifPresent(spread -> {
                bars.add(new BarChart.Bar(subject, spread, subject.startsWith("ferrule")));
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("subject", subject);
                row.put("median", spread.median());
                row.put("least", spread.least());
                row.put("most", spread.most());
                values.add(row);
            });
        }
        if (bars.isEmpty()) {
            return;
        }
        String title = result.cell() + ": " + figure.title();
        String name = result.cell() + "-" + figure.name().toLowerCase(Locale.ROOT);
        Files.writeString(folder.resolve(name + ".svg"), BarChart.svg(title, bars));
        Files.writeString(
                folder.resolve(name + ".vl.json"), Archive.json(VegaLite.bars(title, figure.title(), values)));
    }

    /** What a message costs as connections grow. */
    private void scale(List<Result> results) throws IOException {
        Map<String, List<LineChart.Point>> lines = new LinkedHashMap<>();
        for (String cell : SCALE) {
            int connections = Cells.cell(cell) instanceof Cell.Echo echo ? echo.connections() : 0;
            for (Result result : results) {
                for (String subject : result.cell().equals(cell) ? result.subjects() : List.<String>of()) {
                    result.spread(subject, Figure.CPU)
                            .ifPresent(spread -> lines.computeIfAbsent(subject, name -> new ArrayList<>())
                                    .add(new LineChart.Point(connections, spread.median())));
                }
            }
        }
        lines.values().removeIf(points -> points.size() < SCALE.size());
        if (lines.isEmpty()) {
            return;
        }
        List<Map<String, Object>> values = new ArrayList<>();
        lines.forEach((subject, points) -> points.forEach(
                point -> values.add(Map.of("subject", subject, "connections", point.n(), "median", point.value()))));
        String title = "16 B text, one in flight: " + Figure.CPU.title();
        List<LineChart.Line> drawn = lines.entrySet().stream()
                .map(line -> new LineChart.Line(line.getKey(), line.getValue()))
                .toList();
        Files.writeString(folder.resolve("scale.svg"), LineChart.svg(title, "connections", drawn));
        Files.writeString(
                folder.resolve("scale.vl.json"),
                Archive.json(VegaLite.lines(title, "connections", Figure.CPU.title(), values)));
    }
}
