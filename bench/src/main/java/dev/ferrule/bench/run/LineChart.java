package dev.ferrule.bench.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Medians over a number that grows by factors, one line for each subject, named where it ends; as SVG. */
final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    private static final int LEFT = 50;
    private static final int RIGHT = 200;
    private static final int TOP = 44;
    private static final int BOTTOM = 40;
    private static final int LABEL = 13;

    /**
     * A point of a line.
     *
     * @param n across
     * @param value up
     */
    record Point(int n, double value) {}

    /**
     * A line.
     *
     * @param name at its end
     * @param points from left to right
     */
    record Line(String name, List<Point> points) {
        private double last() {
            return points.get(points.size() - 1).value();
        }
    }

    private final List<Line> lines;
    private final double least;
    private final double most;
    private final double highest;

    private LineChart(List<Line> lines) {
        this.lines = lines;
        List<Point> points =
                lines.stream().flatMap(line -> line.points().stream()).toList();
        least = points.stream().mapToInt(Point::n).min().orElse(1);
        most = points.stream().mapToInt(Point::n).max().orElse(2);
        highest = points.stream().mapToDouble(Point::value).max().orElse(1);
    }

    static String svg(String title, String axis, List<Line> lines) {
        return new LineChart(lines).draw(title, axis);
    }

    private String draw(String title, String axis) {
        StringBuilder text = new StringBuilder(Svg.head(WIDTH, HEIGHT, title));
        text.append(Svg.line(LEFT, y(0), WIDTH - RIGHT, y(0), Svg.INK, 1));
        text.append(Svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", axis));
        TreeSet<Integer> places = new TreeSet<>();
        lines.forEach(line -> line.points().forEach(point -> places.add(point.n())));
        places.forEach(n -> text.append(Svg.text(x(n), y(0) + 16, "middle", Integer.toString(n))));
        for (int i = 1; i <= 4; i++) {
            double value = highest * i / 4;
            text.append(Svg.line(LEFT, y(value), WIDTH - RIGHT, y(value), Svg.GRID, 1));
            text.append(Svg.text(LEFT - 6, y(value) + 4, "end", Tables.number(value)));
        }
        drawLines(text);
        return text.append("</svg>\n").toString();
    }

    /** From the lowest end to the highest, so that a label that has no room moves up. */
    private void drawLines(StringBuilder text) {
        List<Line> order = new ArrayList<>(lines);
        order.sort(Comparator.comparingDouble(Line::last));
        double free = HEIGHT;
        for (Line line : order) {
            StringBuilder points = new StringBuilder();
            line.points()
                    .forEach(point ->
                            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.n()), y(point.value()))));
            String colour = line.name().startsWith("ferrule") ? Svg.OWN : Svg.OTHER;
            text.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"" + colour + "\" points=\"" + points
                    + "\"/>\n");
            free = Math.min(y(line.last()) + 4, free - LABEL);
            text.append(Svg.text(WIDTH - RIGHT + 8, free, "start", line.name() + " " + Tables.number(line.last())));
        }
    }

    private double x(int n) {
        return LEFT + 10 + (WIDTH - LEFT - RIGHT - 20) * Math.log(n / least) / Math.log(Math.max(2, most / least));
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / highest;
    }
}
