package dev.ferrule.testkit.contract;

import dev.ferrule.protocol.Role;
import dev.ferrule.spi.AdapterProvider;
import dev.ferrule.spi.Deviation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table "promise x adapter", from what the adapters declare: {@link AdapterContract} sees to it that it is true. */
public final class ContractTable {
    private ContractTable() {}

    /** An adapter in a role. */
    private record Column(AdapterProvider adapter, Role role) {
        String title() {
            return adapter.name() + " " + role.name().toLowerCase(java.util.Locale.ROOT);
        }

        String cell(Rule rule) {
            return !rule.roles().contains(role) ? "-" : declared(rule).isEmpty() ? "kept" : "**no**";
        }

        List<Deviation> declared(Rule rule) {
            return adapter.deviations(role).stream()
                    .filter(deviation -> deviation.rule().equals(rule.id()))
                    .toList();
        }
    }

    /**
     * Renders the table.
     *
     * @param adapters all of them
     * @return Markdown: a row per promise, a column per adapter and role, and the reasons of what isn't kept
     */
    public static String of(List<AdapterProvider> adapters) {
        List<Column> columns = adapters.stream()
                .sorted(Comparator.comparing(AdapterProvider::name))
                .flatMap(adapter -> adapter.roles().stream().sorted().map(role -> new Column(adapter, role)))
                .toList();
        StringBuilder table = new StringBuilder("| id | promise | checks |");
        columns.forEach(column -> table.append(' ').append(column.title()).append(" |"));
        table.append("\n| --- | --- | ---: |")
                .append(" --- |".repeat(columns.size()))
                .append('\n');
        for (Rule rule : Rules.ALL) {
            table.append("| ")
                    .append(rule.id())
                    .append(" | ")
                    .append(rule.promise())
                    .append(" | ");
            table.append(checks(rule)).append(" |");
            columns.forEach(
                    column -> table.append(' ').append(column.cell(rule)).append(" |"));
            table.append('\n');
        }
        return table.append('\n').append(reasons(columns)).toString();
    }

    private static long checks(Rule rule) {
        return List.of(Role.values()).stream()
                .flatMap(role -> Checks.of(role).stream())
                .distinct()
                .filter(check -> check.rule().equals(rule.id()))
                .count();
    }

    private static String reasons(List<Column> columns) {
        List<String> lines = new ArrayList<>();
        for (Column column : columns) {
            Map<String, String> reasons = new TreeMap<>();
            for (Rule rule : Rules.ALL) {
                column.declared(rule).forEach(deviation -> reasons.put(rule.id(), deviation.reason()));
            }
            if (!reasons.isEmpty()) {
                lines.add("What " + column.title() + " can't keep:\n");
                lines.add(reasons.entrySet().stream()
                        .map(entry -> "- " + entry.getKey() + ": " + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
            }
        }
        return String.join("\n", lines);
    }
}
