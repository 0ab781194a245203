package dev.ferrule.testkit.run;

import dev.ferrule.testkit.deflate.Agreement;
import dev.ferrule.testkit.wire.AcceptKey;
import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Violation;
import java.util.ArrayList;
import java.util.List;

/** Judges a 101: RFC 6455 section 4.2.2, RFC 9110 section 8.6. */
final class ResponseRules {
    private final List<Violation> violations = new ArrayList<>();
    private final Fields answer;
    private final Fields offer;

    private ResponseRules(HttpHead head, Fields offer) {
        this.answer = head.fields();
        this.offer = offer;
        head.problems().forEach(problem -> broken("6455-4.2.2-1", problem));
    }

    /** What is wrong with the answer to a request with these fields and this key. */
    static List<Violation> check(HttpHead head, Fields offer, String key) {
        ResponseRules rules = new ResponseRules(head, offer);
        if (!head.startLine().startsWith("HTTP/1.1 101")) {
            rules.broken("6455-4.2.2-1", "status line is " + head.startLine());
        }
        rules.upgrade(key);
        rules.body();
        rules.subprotocol();
        rules.extensions();
        return rules.violations;
    }

    private void upgrade(String key) {
        List<String> upgrade = answer.elements("Upgrade");
        if (upgrade.size() != 1 || !upgrade.get(0).equalsIgnoreCase("websocket")) {
            broken("6455-4.2.2-1", "Upgrade is " + upgrade);
        }
        if (!answer.hasToken("Connection", "Upgrade")) {
            broken("6455-4.2.2-1", "Connection is " + answer.all("Connection"));
        }
        List<String> accept = answer.all("Sec-WebSocket-Accept");
        if (!accept.equals(List.of(AcceptKey.of(key)))) {
            broken("6455-4.2.2-1", "Sec-WebSocket-Accept is " + accept + ", should be " + AcceptKey.of(key));
        }
    }

    private void body() {
        for (String name : List.of("Content-Length", "Transfer-Encoding")) {
            if (!answer.all(name).isEmpty()) {
                broken("9110-8.6-1", "a 101 has " + name + " " + answer.all(name));
            }
        }
    }

    private void subprotocol() {
        List<String> chosen = answer.all("Sec-WebSocket-Protocol");
        if (chosen.size() > 1) {
            broken("6455-11.3.4-1", "several lines of Sec-WebSocket-Protocol: " + chosen);
        }
        for (String one : chosen) {
            if (!offer.elements("Sec-WebSocket-Protocol").contains(one)) {
                broken("6455-4.2.2-2", "subprotocol '" + one + "' was not offered");
            }
        }
    }

    private void extensions() {
        List<String> offered = names(offer);
        for (String name : names(answer)) {
            if (!offered.contains(name)) {
                broken("6455-4.2.2-3", "extension '" + name + "' was not offered");
            }
        }
        Agreement.problems(answer, offer)
                .forEach(problem -> broken(problem.contains("twice in") ? "7692-5-1" : "7692-7-1", problem));
        if (answer.all("Sec-WebSocket-Extensions").stream().anyMatch(String::isEmpty)) {
            broken("6455-4.2.2-3", "Sec-WebSocket-Extensions is empty");
        }
    }

    private static List<String> names(Fields fields) {
        return fields.elements("Sec-WebSocket-Extensions").stream()
                .map(element -> element.replaceFirst(";.*", "").strip())
                .toList();
    }

    private void broken(String requirement, String what) {
        violations.add(Violation.must(requirement, what));
    }
}
