package dev.ferrule.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Server;
import dev.ferrule.protocol.CloseCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatTest {
    /** Somebody in the room, who sees each message only once the ones before are looked at. */
    private static final class Guest implements Endpoint {
        private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        private final CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
        private final Connection connection;

        Guest(Client client, URI room) {
            connection = client.connect(room, this).toCompletableFuture().join();
        }

        @Override
        public CompletionStage<?> onText(Connection connection, String text) {
            seen.add(text);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onClose(Connection connection, CloseEvent event) {
            closed.complete(event);
        }

        void sends(String message) {
            connection.send(message);
        }

        void sees(String... messages) throws InterruptedException {
            for (String message : messages) {
                assertEquals(message, seen.poll(10, TimeUnit.SECONDS));
            }
        }
    }

    private static Server start(String engine) throws Exception {
        return Chat.server().adapter(engine).listen("127.0.0.1", 0).start();
    }

    @ParameterizedTest
    @MethodSource("dev.ferrule.examples.Engines#pairs")
    void two_who_joined_see_each_other_come_talk_and_leave(String engine, String clientEngine) throws Exception {
        try (Server server = start(engine);
                Client client = Ferrule.client().adapter(clientEngine).build()) {
            Guest ada = new Guest(client, server.uri("/chat"));
            ada.sends("join\nAda");
            ada.sees("welcome\nAda\nAda");
            Guest grace = new Guest(client, server.uri("/chat"));
            grace.sends("join\nGrace");
            grace.sees("welcome\nGrace\nAda\nGrace");
            ada.sees("joined\nGrace");

            ada.sends("say\nhello\nthere");
            ada.sees("said\nAda\nhello\nthere");
            grace.sees("said\nAda\nhello\nthere");
            grace.sends("say\n \uD83D\uDC4B ");
            ada.sees("said\nGrace\n\uD83D\uDC4B");
            grace.sees("said\nGrace\n\uD83D\uDC4B");

            grace.connection.close();
            assertTrue(grace.closed.get(10, TimeUnit.SECONDS).clean());
            ada.sees("left\nGrace");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    void names_are_cleaned_shortened_and_told_apart(String engine) throws Exception {
        try (Server server = start(engine);
                Client client = Ferrule.client().adapter("jdk").build()) {
            Guest ada = new Guest(client, server.uri("/chat"));
            ada.sends("join\n\t Ada \u202e\n Lovelace ");
            ada.sees("welcome\nAda Lovelace\nAda Lovelace");
            Guest other = new Guest(client, server.uri("/chat"));
            other.sends("join\nAda Lovelace");
            other.sees("welcome\nAda Lovelace 2\nAda Lovelace\nAda Lovelace 2");
            Guest longest = new Guest(client, server.uri("/chat"));
            longest.sends("join\n" + "\uD83D\uDC4B".repeat(25));
            longest.sees("welcome\n" + "\uD83D\uDC4B".repeat(24) + "\nAda Lovelace\nAda Lovelace 2\n"
                    + "\uD83D\uDC4B".repeat(24));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"join\n \u200b ", "join", "shout\nhello", "", "welcome\nAda"})
    void what_is_no_message_of_the_room_closes_with_1008(String message) throws Exception {
        try (Server server = start("undertow");
                Client client = Ferrule.client().adapter("jdk").build()) {
            Guest guest = new Guest(client, server.uri("/chat"));
            guest.sends(message);
            CloseEvent event = guest.closed.get(10, TimeUnit.SECONDS);
            assertEquals(CloseCode.POLICY_VIOLATION, event.code());
            assertTrue(event.clean());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jetty", "undertow"})
    void the_page_is_served_beside_the_room(String engine) throws Exception {
        try (Server server = start(engine)) {
            HttpClient http = HttpClient.newHttpClient();
            URI page = URI.create("http://127.0.0.1:" + server.port() + "/");
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode());
            assertEquals(
                    "text/html; charset=utf-8",
                    response.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(response.body().contains("<title>Ferrule chat</title>"));
            HttpResponse<Void> other = http.send(
                    HttpRequest.newBuilder(page.resolve("/other")).build(), HttpResponse.BodyHandlers.discarding());
            assertEquals(404, other.statusCode());
        }
    }
}
