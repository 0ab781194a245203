package dev.ferrule.testkit.cli;

import dev.ferrule.testkit.wire.Arrival;
import dev.ferrule.testkit.wire.Bytes;
import dev.ferrule.testkit.wire.Deadline;
import dev.ferrule.testkit.wire.Frame;
import dev.ferrule.testkit.wire.HttpHead;
import dev.ferrule.testkit.wire.ResponseSpec;
import dev.ferrule.testkit.wire.Role;
import dev.ferrule.testkit.wire.WireConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers what is no scenario: over a WebSocket one message and a Close, over HTTP a page.
 *
 * @param connection of whoever asks
 * @param head what was asked
 * @param patience how long to wait for the end
 */
record Desk(WireConnection connection, HttpHead head, Duration patience) {
    void say(String text) {
        String key = head.fields().all("Sec-WebSocket-Key").stream().findFirst().orElse("");
        connection.send(ResponseSpec.CORRECT.render(key));
        if (!text.isEmpty()) {
            connection.send(Frame.text(text).encode(Role.SERVER));
        }
        connection.send(Frame.close(1000, "").encode(Role.SERVER));
        awaitEnd();
    }

    void page(String text) {
        answer("200 OK", text);
    }

    void notFound() {
        answer("404 Not Found", "there is no such scenario\n");
    }

    /** Until the other end has answered the Close and gone, or patience is over. */
    private void awaitEnd() {
        connection.finish();
        Deadline deadline = Deadline.in(patience);
        try {
            while (connection.await(deadline) instanceof Arrival.Data) {
                // Its Close.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String status, String text) {
        Bytes body = Bytes.utf8(text);
        connection.send(Bytes.latin1("HTTP/1.1 " + status
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: "
                        + body.size() + "\r\n\r\n")
                .plus(body));
        awaitEnd();
    }

    static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
