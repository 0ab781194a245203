package dev.ferrule.undertow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ferrule.Endpoint;
import dev.ferrule.Ferrule;
import dev.ferrule.Server;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Ferrule mounted into an application's own Undertow")
class FerruleHandlerTest {
    @Test
    @DisplayName("takes the requests to its routes, and leaves the others to the application")
    void besideHttp() throws Exception {
        FerruleHandler handler = new FerruleHandler(
                Ferrule.server()
                        .route("/echo", Endpoint.onText((connection, text) -> connection.send(text)))
                        .options(),
                exchange -> exchange.getResponseSender().send("the application's page"));
        Undertow undertow =
                Undertow.builder().addHttpListener(0, "127.0.0.1", handler).build();
        undertow.start();
        try {
            int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
            try (RawClient page = RawClient.to(port)) {
                page.out.write("GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
                assertTrue(page.head().startsWith("HTTP/1.1 200 "));
                assertEquals("the application's page", new String(page.in.readNBytes(22), UTF_8));
            }
            try (RawClient client = RawClient.to(port)) {
                client.out.write(RawClient.request("/echo", port));
                assertTrue(client.head().startsWith("HTTP/1.1 101 "));
                client.out.write(RawClient.frame(1, "mounted".getBytes(UTF_8)));
                assertEquals("mounted", new String(client.payload(), UTF_8));
                assertEquals(1, handler.connections().size());
                var stopped = handler.stop(Duration.ofSeconds(5));
                client.out.write(RawClient.frame(8, client.payload()));
                assertEquals(
                        new Server.StopReport(1, 0),
                        stopped.toCompletableFuture().get(10, TimeUnit.SECONDS));
            }
            try (RawClient late = RawClient.to(port)) {
                late.out.write(RawClient.request("/echo", port));
                String head = late.head();
                assertTrue(head.startsWith("HTTP/1.1 503 ") && head.contains("Retry-After: "), head);
            }
        } finally {
            undertow.stop();
        }
    }
}
