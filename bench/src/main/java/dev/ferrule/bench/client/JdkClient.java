package dev.ferrule.bench.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The JDK's client with a listener, which has to put messages together and to send one behind the other. */
final class JdkClient implements EchoClient {
    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public CompletionStage<?> connect(URI uri, Loop loop) {
        return http.newWebSocketBuilder().buildAsync(uri, new Echo(loop));
    }

    private static final class Echo implements WebSocket.Listener {
        private final Loop loop;
        private final StringBuilder message = new StringBuilder();
        private CompletableFuture<WebSocket> sending = new CompletableFuture<>();

        Echo(Loop loop) {
            this.loop = loop;
        }

        @Override
        public void onOpen(WebSocket socket) {
            sending.complete(socket);
            loop.begin(this::send);
            socket.request(1);
        }

        private void send(String text) {
            sending = sending.thenCompose(socket -> socket.sendText(text, true));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                String text = message.toString();
                message.setLength(0);
                send(loop.next(text));
            }
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            Loop.failed(error);
        }
    }
}
