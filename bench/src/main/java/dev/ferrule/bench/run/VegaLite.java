package dev.ferrule.bench.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charts as specifications of Vega-Lite 5, as maps that become JSON. */
final class VegaLite {
    private static final Map<String, Object> BY_SUBJECT = Map.of("field", "subject", "type", "nominal");

    private VegaLite() {}

    static Map<String, Object> bars(String title, String unit, List<Map<String, Object>> values) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("field", "subject");
        subject.put("type", "nominal");
        subject.put("sort", null);
        subject.put("title", null);
        Map<String, Object> chart = chart(title, values);
        chart.put(
                "layer",
                List.of(
                        layer("bar", Map.of("y", subject, "x", quantity("median", unit))),
                        layer(
                                "rule",
                                Map.of("y", subject, "x", quantity("least", unit), "x2", Map.of("field", "most")))));
        return chart;
    }

    static Map<String, Object> lines(String title, String axis, String unit, List<Map<String, Object>> values) {
        Map<String, Object> across = new LinkedHashMap<>(quantity(axis, axis));
        across.put("scale", Map.of("type", "log", "base", 2));
        Map<String, Object> chart = chart(title, values);
        chart.putAll(layer("line", Map.of("x", across, "y", quantity("median", unit), "color", BY_SUBJECT)));
        return chart;
    }

    private static Map<String, Object> chart(String title, List<Map<String, Object>> values) {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("$schema", "https://vega.github.io/schema/vega-lite/v5.json");
        chart.put("title", title);
        chart.put("width", 480);
        chart.put("data", Map.of("values", values));
        return chart;
    }

    private static Map<String, Object> layer(String mark, Map<String, Object> encoding) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("mark", mark);
        layer.put("encoding", encoding);
        return layer;
    }

    private static Map<String, Object> quantity(String field, String title) {
        return Map.of("field", field, "type", "quantitative", "title", title);
    }
}
