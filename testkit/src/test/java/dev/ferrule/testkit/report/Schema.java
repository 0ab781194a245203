package dev.ferrule.testkit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** As much of JSON Schema as the report's own uses; a keyword that it doesn't know is an error. */
record Schema(Map<?, ?> root) {
    List<String> problems(Object value) {
        List<String> problems = new ArrayList<>();
        check(root, value, "$", problems);
        return problems;
    }

    private void check(Map<?, ?> schema, Object value, String path, List<String> problems) {
        for (Map.Entry<?, ?> keyword : schema.entrySet()) {
            Object wanted = keyword.getValue();
            boolean fits = switch ((String) keyword.getKey()) {
                case "$schema", "title", "description", "$defs", "format", "properties", "additionalProperties" -> true;
                case "type" -> type((String) wanted, value);
                case "const" -> wanted.equals(value);
                case "enum" -> ((List<?>) wanted).contains(value);
                case "minimum" -> ((Number) value).longValue() >= ((Number) wanted).longValue();
                case "minItems" -> ((List<?>) value).size() >= ((Number) wanted).intValue();
                case "required" -> ((Map<?, ?>) value).keySet().containsAll((List<?>) wanted);
                case "items" -> {
                    ((List<?>) value).forEach(item -> check((Map<?, ?>) wanted, item, path + "[]", problems));
                    yield true;
                }
                case "$ref" -> {
                    String name = ((String) wanted).replace("#/$defs/", "");
                    check((Map<?, ?>) ((Map<?, ?>) root.get("$defs")).get(name), value, path, problems);
                    yield true;
                }
                default -> throw new IllegalArgumentException("keyword " + keyword.getKey());
            };
            if (!fits) {
                problems.add(path + ": " + keyword);
            }
        }
        if (value instanceof Map<?, ?> object) {
            members(schema, object, path, problems);
        }
    }

    private void members(Map<?, ?> schema, Map<?, ?> object, String path, List<String> problems) {
        Map<?, ?> properties = (Map<?, ?>) Objects.requireNonNullElse(schema.get("properties"), Map.of());
        Object others = schema.get("additionalProperties");
        object.forEach((name, value) -> {
            if (properties.get(name) instanceof Map<?, ?> property) {
                check(property, value, path + "." + name, problems);
            } else if (others instanceof Map<?, ?> other) {
                check(other, value, path + "." + name, problems);
            } else if (Boolean.FALSE.equals(others)) {
                problems.add(path + "." + name + " is not in the schema");
            }
        });
    }

    private static boolean type(String type, Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            default -> throw new IllegalArgumentException("type " + type);
        };
    }
}
