package dev.ferrule.bench.run;

import dev.ferrule.bench.load.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A ratio that Ferrule is to keep, side by side with others in one run.
 *
 * @param cell where
 * @param figure of what
 * @param subject whose
 * @param against with whom it is compared: the best of them; with nobody, the figure itself is bounded
 * @param base the cell of the others, usually the same
 * @param most what the ratio may be
 */
record Target(String cell, Figure figure, String subject, List<String> against, String base, double most) {
    private static final List<String> PEERS =
            List.of("jetty-api", "jetty-core", "undertow", "netty", "vertx", "webflux", "tomcat");

    /** All of them. */
    static List<Target> all() {
        List<Target> targets = new ArrayList<>();
        for (String engine : List.of("jetty", "undertow")) {
            boolean jetty = engine.equals("jetty");
            String ours = "ferrule-" + engine;
            String inline = ours + "-inline";
            String own = jetty ? "jetty-api" : "undertow";
            for (String cell : List.of("16-T-64x16", "1K-T-64x16")) {
                targets.add(cpu(cell, inline, "vertx", 0.9));
                targets.add(cpu(cell, inline, own, 0.2));
            }
            targets.add(cpu("16-T-64x1", inline, jetty ? "jetty-core" : "netty", jetty ? 0.6 : 1));
            for (String cell : List.of("64K-T-64x1", "64K-B-64x1", "1M-T-16x1")) {
                targets.add(cpu(cell, inline, "vertx", 0.9));
                targets.add(cpu(cell, inline, "nio", 1.15));
            }
            for (String cell :
                    List.of("16-T-64x1", "16-T-64x16", "1K-T-64x16", "64K-T-64x1", "64K-B-64x1", "1M-T-16x1")) {
                targets.add(jetty ? cpu(cell, ours, own, 0.6) : cpu(cell, ours, "tomcat", 0.7));
                if (!jetty && !cell.equals("16-T-64x1")) {
                    targets.add(cpu(cell, ours, own, 0.4));
                }
            }
            for (String callbacks : List.of(ours, inline)) {
                String broadcast = "broadcast-128-T-1000x4";
                targets.add(new Target(broadcast, Figure.CPU, callbacks, PEERS, broadcast, 1));
                targets.add(cpu("handshake-32", callbacks, own, 1));
                targets.add(bound("idle-10000", Figure.HEAP, callbacks, 3000));
                targets.add(new Target("idle-10000", Figure.RESIDENT, callbacks, List.of(own), "idle-10000", 1));
            }
            targets.add(bound("16-T-64x16", Figure.ALLOCATED, inline, 250));
            targets.add(bound("16-B-64x16", Figure.ALLOCATED, inline, 64));
            targets.add(new Target("16-T-64x1", Figure.P99, inline, PEERS, "16-T-64x1", 1));
            targets.add(new Target("16-T-64x16", Figure.P99, inline, List.of("netty"), "16-T-64x16", 1));
            targets.add(new Target("16-T-4096x1", Figure.CPU, inline, List.of(inline), "16-T-64x1", 1.25));
        }
        for (String cell : List.of("client-16-T-16x1", "client-16-T-16x16", "client-1K-T-16x16", "client-64K-T-16x1")) {
            for (String client : List.of("jdk-client", "jetty-client")) {
                targets.add(cpu(cell, "ferrule-" + client, client, 1.1));
                targets.add(cpu(cell, "ferrule-" + client + "-inline", client, 1.1));
            }
        }
        return targets;
    }

    private static Target cpu(String cell, String subject, String against, double most) {
        return new Target(cell, Figure.CPU, subject, List.of(against), cell, most);
    }

    private static Target bound(String cell, Figure figure, String subject, double most) {
        return new Target(cell, figure, subject, List.of(), cell, most);
    }

    /** What was reached of those that were measured. */
    static String table(List<Result> results) {
        Map<String, Result> byCell = results.stream().collect(Collectors.toMap(Result::cell, Function.identity()));
        StringBuilder text = new StringBuilder();
        Tables.row(text, "cell", List.of("figure", "of", "to", "measured", "to reach", "reached"));
        Tables.row(text, "---", List.of("---", "---", "---", "---:", "---:", "---"));
        for (Target target : all()) {
            target.measured(byCell).ifPresent(value -> Tables.row(text, target.cell(), target.columns(value, byCell)));
        }
        return text.toString();
    }

    private List<String> columns(double value, Map<String, Result> results) {
        String other = against.isEmpty()
                ? "-"
                : best(results)
                        .map(name -> base.equals(cell) ? name : name + " at " + base)
                        .orElse("-");
        return List.of(
                figure.name().toLowerCase(Locale.ROOT),
                subject,
                other,
                Tables.number(value),
                Tables.number(most),
                value <= most ? "yes" : "**no**");
    }

    /** The ratio, or the figure itself; empty if one of the two was not measured. */
    Optional<Double> measured(Map<String, Result> results) {
        Optional<Double> own = median(results, cell, subject);
        if (against.isEmpty()) {
            return own;
        }
        return best(results).flatMap(name -> median(results, base, name)).flatMap(other -> own.map(one -> one / other));
    }

    private Optional<String> best(Map<String, Result> results) {
        return against.stream()
                .filter(name -> median(results, base, name).isPresent())
                .min(Comparator.comparingDouble(
                        name -> median(results, base, name).orElseThrow()));
    }

    private Optional<Double> median(Map<String, Result> results, String where, String whose) {
        return Optional.ofNullable(results.get(where))
                .flatMap(result -> result.spread(whose, figure))
                .map(Spread::median);
    }
}
