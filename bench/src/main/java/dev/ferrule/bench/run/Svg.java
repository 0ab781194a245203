package dev.ferrule.bench.run;

import java.util.Locale;

/** What all charts are drawn of; on a background of their own, as pages are dark or light. */
final class Svg {
    static final String INK = "#222";
    static final String GRID = "#ddd";
    static final String OWN = "#1f6fb4";
    static final String OTHER = "#b9bec4";

    private Svg() {}

    static String head(int width, int height, String title) {
        return String.format(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"system-ui, sans-serif\" font-size=\"12\">%n",
                        width, height, width, height)
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
                + "<text x=\"12\" y=\"24\" font-size=\"15\" font-weight=\"600\" fill=\"" + INK + "\">" + escape(title)
                + "</text>\n";
    }

    static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                INK,
                escape(text));
    }

    static String line(double x1, double y1, double x2, double y2, String colour, int width) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                width);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
