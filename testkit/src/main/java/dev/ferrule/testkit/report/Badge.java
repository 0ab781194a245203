package dev.ferrule.testkit.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** The score as the JSON that badge services draw, in the form of shields.io's endpoints. */
public final class Badge {
    private Badge() {}

    /**
     * {@return the document}
     *
     * @param card the peer
     */
    public static String of(Card card) {
        Score score = card.score();
        Map<String, Object> badge = new LinkedHashMap<>();
        badge.put("schemaVersion", 1);
        badge.put("label", "RFC 6455");
        badge.put("message", score.kept() + " of " + score.judged());
        badge.put("color", color(score));
        return Json.write(badge);
    }

    private static String color(Score score) {
        if (score.judged() > 0 && score.kept() == score.judged()) {
            return "brightgreen";
        }
        return score.percent() >= 95 ? "yellowgreen" : score.percent() >= 80 ? "orange" : "red";
    }
}
