import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/** The loop of a client under test: {@code JettyClient URL AGENT}. */
public final class JettyClient {
    private static final int SECONDS = 15;

    /** Echoes, and tells when it ended, and the last text. */
    public static final class Echo implements Session.Listener.AutoDemanding {
        final CompletableFuture<String> ended = new CompletableFuture<>();
        final boolean echoing;
        volatile Session session;
        volatile String last = "";

        Echo(boolean echoing) {
            this.echoing = echoing;
        }

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
        }

        @Override
        public void onWebSocketText(String message) {
            last = message;
            if (echoing) {
                session.sendText(message, Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            session.sendBinary(payload, callback);
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            callback.succeed();
            ended.complete(last);
        }

        @Override
        public void onWebSocketError(Throwable cause) {}
    }

    public static void main(String[] args) throws Exception {
        WebSocketClient client = new WebSocketClient();
        client.setMaxTextMessageSize(1 << 24);
        client.setMaxBinaryMessageSize(1 << 24);
        client.setIdleTimeout(Duration.ofMinutes(1));
        client.start();
        String agent = "agent=" + URLEncoder.encode(args[1], StandardCharsets.UTF_8);
        int cases = Integer.parseInt(visit(client, args[0] + "/getCaseCount", false));
        for (int i = 1; i <= cases; i++) {
            visit(client, args[0] + "/runCase?case=" + i + "&" + agent, true);
        }
        visit(client, args[0] + "/updateReports?" + agent, false);
        System.exit(0);
    }

    private static String visit(WebSocketClient client, String url, boolean echoing) throws Exception {
        Echo echo = new Echo(echoing);
        CompletableFuture<Session> connecting = client.connect(echo, URI.create(url));
        try {
            connecting.get(SECONDS, TimeUnit.SECONDS);
            return echo.ended.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            return "";
        } catch (TimeoutException stuck) {
            // It hears nothing of the end. The kit has judged what it saw; the next case is another connection.
            System.err.println(url + ": no end within " + SECONDS + " s");
            connecting.thenAccept(Session::disconnect);
            return "";
        }
    }
}
