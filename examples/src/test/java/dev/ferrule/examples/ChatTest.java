package dev.ferrule.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Client;
import dev.ferrule.CloseEvent;
import dev.ferrule.Connection;
import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Message;
import dev.ferrule.Server;
import dev.ferrule.memory.Network;
import dev.ferrule.memory.Peer;
import dev.ferrule.protocol.CloseCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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

    @Test
    void names_are_cleaned_shortened_and_told_apart() throws Exception {
        try (Network network = new Network()) {
            URI room = room(network);
            Peer ada = network.connect(room);
            ada.send("join\n\t Ada \u202e\n Lovelace ");
            assertEquals("welcome\nAda Lovelace\nAda Lovelace", ada.text());
            Peer other = network.connect(room);
            other.send("join\nAda Lovelace");
            assertEquals("welcome\nAda Lovelace 2\nAda Lovelace\nAda Lovelace 2", other.text());
            Peer longest = network.connect(room);
            longest.send("join\n" + "\uD83D\uDC4B".repeat(25));
            String name = "\uD83D\uDC4B".repeat(24);
            assertEquals("welcome\n" + name + "\nAda Lovelace\nAda Lovelace 2\n" + name, longest.text());
        }
    }

    @Test
    void messages_of_one_guest_are_looked_at_200_ms_apart() throws Exception {
        try (Network network = new Network()) {
            Peer ada = network.connect(room(network));
            ada.send("join\nAda");
            ada.send("say\none");
            ada.send("say\ntwo");
            assertEquals("welcome\nAda\nAda", ada.text());
            network.advance(Duration.ofMillis(199));
            assertEquals(List.of(), ada.waiting());
            assertEquals("said\nAda\none", ada.text());
            assertEquals("said\nAda\ntwo", ada.text());
            assertEquals(Duration.ofMillis(400), network.elapsed());
        }
    }

    @Test
    void who_does_not_read_is_out_of_the_room_and_the_others_go_on() throws Exception {
        try (Network network = new Network()) {
            URI room = room(network);
            Peer ada = network.connect(room);
            Peer slow = network.connect(room);
            ada.send("join\nAda");
            slow.send("join\nSlow");
            network.advance(Duration.ofSeconds(1));
            slow.link().toClient().stall();
            String said = "said\nAda\n" + "x".repeat(1000);
            for (int i = 0; i < 400; i++) {
                ada.send("say\n" + "x".repeat(1000));
                network.advance(Duration.ofMillis(200));
            }
            List<String> seen = ada.waiting().stream()
                    .map(Message.Text.class::cast)
                    .map(Message.Text::text)
                    .toList();
            assertEquals(400, seen.stream().filter(said::equals).count());
            assertTrue(seen.contains("left\nSlow"));
            slow.link().resume();
            assertEquals(CloseCode.ABNORMAL_CLOSURE, slow.closed().code());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"join\n \u200b ", "join", "shout\nhello", "", "welcome\nAda"})
    void what_is_no_message_of_the_room_closes_with_1008(String message) throws Exception {
        try (Network network = new Network()) {
            Peer guest = network.connect(room(network));
            guest.send(message);
            CloseEvent event = guest.closed();
            assertEquals(CloseCode.POLICY_VIOLATION, event.code());
            assertTrue(event.clean());
        }
    }

    private static URI room(Network network) throws Exception {
        return network.start(Chat.server(network.delayedExecutor(Duration.ofMillis(200))))
                .uri("/chat");
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
