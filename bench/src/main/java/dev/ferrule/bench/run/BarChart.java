package dev.ferrule.bench.run;

import java.util.List;
import java.util.Locale;

/** Horizontal bars from 0 to the median, with a line from the least to the most, as SVG. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 190;
    private static final int RIGHT = 90;
    private static final int TOP = 44;
    private static final int BAR = 22;

    /**
     * A bar.
     *
     * @param label before it
     * @param spread its length, and the line
     * @param own whether it is ours
     */
    record Bar(String label, Spread spread, boolean own) {}

    private BarChart() {}

    static String svg(String title, List<Bar> bars) {
        double most =
                bars.stream().mapToDouble(bar -> bar.spread().most()).max().orElse(1);
        double scale = (WIDTH - LEFT - RIGHT) / most;
        StringBuilder text = new StringBuilder(Svg.head(WIDTH, TOP + BAR * bars.size() + 12, title));
        int y = TOP;
        for (Bar bar : bars) {
            double end = LEFT + bar.spread().median() * scale;
            double least = LEFT + bar.spread().least() * scale;
            double furthest = LEFT + bar.spread().most() * scale;
            text.append(Svg.text(LEFT - 8, y + 14, "end", bar.label()));
            text.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    LEFT,
                    y + 2,
                    Math.max(1, end - LEFT),
                    BAR - 6,
                    bar.own() ? Svg.OWN : Svg.OTHER));
            text.append(Svg.line(least, y + BAR / 2.0 - 1, furthest, y + BAR / 2.0 - 1, Svg.INK, 1));
            text.append(Svg.text(
                    Math.max(end, furthest) + 6,
                    y + 14,
                    "start",
                    Tables.number(bar.spread().median())));
            y += BAR;
        }
        return text.append("</svg>\n").toString();
    }
}
