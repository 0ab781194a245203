import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The loop of a client under test: {@code JdkClient URL AGENT}. */
final class JdkClient {
    private static final int SECONDS = 15;

    /** Echoes, and tells how it ended, and the last text. */
    private static final class Echo implements WebSocket.Listener {
        final CompletableFuture<String> ended = new CompletableFuture<>();
        final StringBuilder text = new StringBuilder();
        final ByteArrayOutputStream binary = new ByteArrayOutputStream();
        final boolean echoing;
        String last = "";

        Echo(boolean echoing) {
            this.echoing = echoing;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                last = text.toString();
                text.setLength(0);
                if (echoing) {
                    socket.sendText(last, true).whenComplete((sent, failed) -> socket.request(1));
                    return null;
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean whole) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (whole) {
                ByteBuffer message = ByteBuffer.wrap(binary.toByteArray());
                binary.reset();
                socket.sendBinary(message, true).whenComplete((sent, failed) -> socket.request(1));
                return null;
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended.complete(last);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.complete(last);
        }
    }

    public static void main(String[] args) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        String agent = "agent=" + URLEncoder.encode(args[1], StandardCharsets.UTF_8);
        int cases = Integer.parseInt(visit(client, args[0] + "/getCaseCount", false));
        for (int i = 1; i <= cases; i++) {
            visit(client, args[0] + "/runCase?case=" + i + "&" + agent, true);
        }
        visit(client, args[0] + "/updateReports?" + agent, false);
    }

    private static String visit(HttpClient client, String url, boolean echoing) throws Exception {
        Echo echo = new Echo(echoing);
        CompletableFuture<WebSocket> connecting =
                client.newWebSocketBuilder().buildAsync(URI.create(url), echo);
        try {
            connecting.get(SECONDS, TimeUnit.SECONDS);
            return echo.ended.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            return "";
        } catch (TimeoutException stuck) {
            // It hears nothing of the end. The kit has judged what it saw; the next case is another connection.
            System.err.println(url + ": no end within " + SECONDS + " s");
            connecting.thenAccept(WebSocket::abort);
            return "";
        }
    }
}
