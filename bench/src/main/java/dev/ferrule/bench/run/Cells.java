package dev.ferrule.bench.run;

import dev.ferrule.bench.load.Payload;
import dev.ferrule.bench.load.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cells by their names: {@code 1K-T-64x16} is text of 1 KiB on 64 connections, 16 messages of each in flight. */
final class Cells {
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();
    private static final Pattern MESSAGES = Pattern.compile(
            "(client-|broadcast-|)([1-9][0-9]{0,6})([KM]?)-([TUB])-([1-9][0-9]{0,5})x([1-9][0-9]{0,4})");
    private static final Pattern OTHER = Pattern.compile("(handshake|idle)-([1-9][0-9]{0,5})");
    private static final Pattern DEFLATED = Pattern.compile("(deflate|takeover)-(idle|used)-([1-9][0-9]{0,3})");

    static {
        GROUPS.put("small", List.of("16-T-64x1", "16-T-64x16", "1K-T-64x16"));
        GROUPS.put("large", List.of("64K-T-64x1", "64K-B-64x1", "1M-T-16x1"));
        GROUPS.put("unicode", List.of("1K-U-64x16", "64K-U-64x1"));
        GROUPS.put("binary", List.of("16-B-64x16", "1K-B-64x16"));
        GROUPS.put("scale", List.of("16-T-512x1", "16-T-4096x1"));
        GROUPS.put("others", List.of("broadcast-128-T-1000x4", "handshake-32", "idle-10000"));
        GROUPS.put(
                "deflate",
                List.of("deflate-idle-1000", "deflate-used-1000", "takeover-idle-1000", "takeover-used-1000"));
        GROUPS.put(
                "clients", List.of("client-16-T-16x1", "client-16-T-16x16", "client-1K-T-16x16", "client-64K-T-16x1"));
    }

    /** The order of the groups, then that of the names. */
    static final Comparator<Result> ORDER =
            Comparator.comparingInt((Result result) -> rank(result.cell())).thenComparing(Result::cell);

    private Cells() {}

    private static int rank(String name) {
        List<String> known = GROUPS.values().stream().flatMap(List::stream).toList();
        int at = known.indexOf(name);
        return at < 0 ? known.size() : at;
    }

    /** Cells and groups of cells, separated by commas; {@code all} is all groups. */
    static List<Cell> parse(String names) {
        List<Cell> cells = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            if (name.equals("all")) {
                GROUPS.values().forEach(group -> group.forEach(each -> cells.add(cell(each))));
            } else {
                GROUPS.getOrDefault(name, List.of(name)).forEach(each -> cells.add(cell(each)));
            }
        }
        return cells;
    }

    /** What help says of them. */
    static String help() {
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((group, names) -> text.append(String.format("  %-9s %s%n", group, String.join(" ", names))));
        return text.toString();
    }

    static Cell cell(String name) {
        Matcher other = OTHER.matcher(name);
        if (other.matches()) {
            int n = Integer.parseInt(other.group(2));
            return other.group(1).equals("idle") ? new Cell.Idle(n) : new Cell.Handshakes(n);
        }
        Matcher deflated = DEFLATED.matcher(name);
        if (deflated.matches()) {
            return new Cell.Deflated(
                    deflated.group(1).equals("takeover"),
                    deflated.group(2).equals("used"),
                    Integer.parseInt(deflated.group(3)));
        }
        Matcher messages = MESSAGES.matcher(name);
        if (!messages.matches()) {
            throw new IllegalArgumentException("there is no cell '" + name + "'; the groups are\n" + help());
        }
        int unit = messages.group(3).equals("K") ? 1 << 10 : messages.group(3).equals("M") ? 1 << 20 : 1;
        int size = Math.multiplyExact(Integer.parseInt(messages.group(2)), unit);
        Traffic traffic =
                new Traffic(Payload.of(messages.group(4).charAt(0)), size, Integer.parseInt(messages.group(6)));
        int connections = Integer.parseInt(messages.group(5));
        return switch (messages.group(1)) {
            case "client-" -> new Cell.Client(traffic, connections);
            case "broadcast-" -> new Cell.Broadcast(traffic, connections);
            default -> new Cell.Echo(traffic, connections);
        };
    }

    /** Size and kind of messages, as in the names of cells. */
    static String name(Traffic traffic) {
        int size = traffic.size();
        String text = size % (1 << 20) == 0 ? (size >> 20) + "M" : size % 1024 == 0 ? (size >> 10) + "K" : "" + size;
        return text + "-" + traffic.payload().letter();
    }
}
