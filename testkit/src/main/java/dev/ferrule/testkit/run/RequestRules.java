package dev.ferrule.testkit.run;

import dev.ferrule.testkit.wire.Fields;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.Place;
import dev.ferrule.testkit.wire.Violation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/** Judges a client's opening handshake: RFC 6455 section 4.1. */
final class RequestRules {
    static final Violation EARLY_DATA = Violation.must("6455-4.1-11", "data before the answer to the handshake");

    private final List<Violation> violations = new ArrayList<>();
    private final Fields fields;

    private RequestRules(Fields fields) {
        this.fields = fields;
    }

    /** What is wrong with a request for this URL. */
    static List<Violation> check(HttpHead head, URI uri) {
        RequestRules rules = new RequestRules(head.fields());
        Place place = new Place(uri);
        rules.requestLine(head, place);
        rules.exactly("6455-4.1-4", "Host", place.authority());
        rules.exactly("6455-4.1-9", "Sec-WebSocket-Version", "13");
        if (!rules.fields.hasToken("Upgrade", "websocket")) {
            rules.broken("6455-4.1-5/6", "Upgrade is " + rules.fields.all("Upgrade"));
        }
        if (!rules.fields.hasToken("Connection", "Upgrade")) {
            rules.broken("6455-4.1-5/6", "Connection is " + rules.fields.all("Connection"));
        }
        rules.key();
        rules.subprotocols();
        return rules.violations;
    }

    private void requestLine(HttpHead head, Place place) {
        head.problems().forEach(problem -> broken("6455-4.1-3", problem));
        String[] words = head.startLine().split(" ", -1);
        if (words.length != 3 || !words[0].equals("GET") || !words[2].equals("HTTP/1.1")) {
            broken("6455-4.1-3", "request line is " + head.startLine());
        } else if (!words[1].equals(place.target())) {
            broken("6455-3-1", "request target is " + words[1] + ", should be " + place.target());
        }
    }

    private void key() {
        List<String> keys = fields.all("Sec-WebSocket-Key");
        if (keys.size() != 1 || !canonical(keys.get(0))) {
            broken("6455-4.1-7", "Sec-WebSocket-Key is " + keys);
        }
    }

    private static boolean canonical(String key) {
        try {
            byte[] nonce = Base64.getDecoder().decode(key);
            return nonce.length == 16
                    && Base64.getEncoder().encodeToString(nonce).equals(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void subprotocols() {
        List<String> offered = fields.elements("Sec-WebSocket-Protocol");
        boolean tokens = offered.stream().allMatch(HttpHead::isToken);
        boolean empty =
                offered.isEmpty() && !fields.all("Sec-WebSocket-Protocol").isEmpty();
        if (!tokens || empty || new HashSet<>(offered).size() < offered.size()) {
            broken("6455-4.1-10", "Sec-WebSocket-Protocol is " + fields.all("Sec-WebSocket-Protocol"));
        }
    }

    private void exactly(String requirement, String name, String value) {
        if (!fields.all(name).equals(List.of(value))) {
            broken(requirement, name + " is " + fields.all(name) + ", should be " + value);
        }
    }

    private void broken(String requirement, String what) {
        violations.add(Violation.must(requirement, what));
    }
}
